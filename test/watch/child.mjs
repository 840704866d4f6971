// Builds and watches in a process of its own; the test tells it what by messages.
// Started in the project's folder as `child.mjs <host> <node_modules>`.
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const [host, modules] = process.argv.slice(2)
const load = (file) => import(pathToFileURL(path.join(modules, file)).href)
const entries = { rollup: 'rollup/dist/es/rollup.js', rolldown: 'rolldown/dist/index.mjs' }
const bundler = await load(entries[host] ?? 'vite/dist/node/index.js')

let calls = []
process.on('remember-test:call', (call) => calls.push(call))

function answer(message) {
  process.send({ ...message, calls })
  calls = []
}

async function config(dir, out) {
  const file = pathToFileURL(path.join(dir, `${host}.config.js`)).href
  const { default: given } = await import(file)
  return { ...given, output: { ...given.output, dir: out } }
}

async function build(dir, out) {
  process.chdir(dir)
  if (host.startsWith('vite')) {
    await bundler.build({
      root: dir,
      logLevel: 'silent',
      build: { outDir: out, emptyOutDir: true },
    })
    return
  }
  const options = await config(dir, out)
  const bundle = await bundler[host](options)
  try {
    await bundle.write(options.output)
  } finally {
    await bundle.close()
  }
}

async function watch(dir, out) {
  if (!host.startsWith('vite')) return bundler.watch(await config(dir, out))
  const build = { outDir: out, emptyOutDir: true, watch: {} }
  return bundler.build({ root: dir, build })
}

let watcher
process.on('message', async ({ ask, dir, out }) => {
  try {
    if (ask === 'build') await build(dir, out)
    if (ask === 'close') {
      await watcher?.close()
      process.disconnect()
      return
    }
    if (ask === 'watch') {
      watcher = await watch(dir, out)
      watcher.on('event', async (event) => {
        // Vite closes what its watcher made; its own listener came first
        if (!host.startsWith('vite')) await event.result?.close()
        const error = event.error && String(event.error.message)
        answer({ event: event.code, error })
      })
      return
    }
    answer({ event: 'built' })
  } catch (error) {
    answer({ event: 'failed', error: String(error.message) })
  }
})
