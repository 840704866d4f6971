// Builds often in one watcher and prints how many generations of the code it built
// are still in its memory. Arguments: host, folder, store. Needs --expose-gc.
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import v8 from 'node:v8'

const [host, dir, dist] = process.argv.slice(2)
const { watch } = await import(host)
const { default: remember } = await import(path.join(dist, `${host}.js`))
process.chdir(dir)

const rebuilds = 50

function write(generation) {
  fs.writeFileSync('main.js', `import './part.js?${generation}'\n`)
  fs.writeFileSync('part.js', `console.log('generation-${generation}-of-part')\n`)
}

/** The ids of its modules change with the content, as those of Vue's styles do. */
function renaming() {
  return {
    name: 'renaming',
    resolveId: (id) => (id.includes('?') ? path.resolve(id) : null),
    load(id) {
      if (!id.includes('?')) return null
      return fs.readFileSync(id.slice(0, id.indexOf('?')), 'utf8')
    },
    transform(code) {
      this.addWatchFile(path.resolve('part.js'))
      return { code: `${code}console.log('transformed')\n`, map: null }
    },
  }
}

write(0)
const watcher = watch({
  input: 'main.js',
  plugins: [remember({ include: ['renaming'], summary: false, dir: 'store' }), renaming()],
  output: { dir: 'out' },
})
for (let generation = 0; generation <= rebuilds; generation++) {
  if (generation > 0) write(generation)
  await built(generation)
}
globalThis.gc()
const snapshot = JSON.parse(await text(v8.getHeapSnapshot()))
const found = new Set(snapshot.strings.join('\n').match(/generation-\d+-of-part/g))
console.log(JSON.stringify([...found]))
await watcher.close()

/** A watcher that was busy with the edit before may not have seen this one. */
function touch() {
  for (const file of ['main.js', 'part.js']) fs.utimesSync(file, new Date(), new Date())
}

/** Until the output has what was written; the edit of two files may make two builds. */
async function built(generation) {
  const isDone = () => {
    const file = 'out/main.js'
    return (
      fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes(`generation-${generation}-`)
    )
  }
  const nudging = setInterval(touch, 5000)
  for (;;) {
    const ended = new Promise((resolve) => {
      const listener = async (event) => {
        await event.result?.close()
        if (event.code !== 'END') return
        watcher.off('event', listener)
        resolve()
      }
      watcher.on('event', listener)
    })
    await ended
    if (isDone()) return clearInterval(nudging)
  }
}
