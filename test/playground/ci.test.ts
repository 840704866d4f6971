import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runNodeOrThrow } from '../support/runNode.ts'
import { repository, tempDir } from '../support/temp.ts'

// What CI services do with a folder: an archive of it is unpacked on another machine, at another
// path, under another user, with other times, beside a fresh clone. docs/ci.md has the recipes.

const folder = 'node_modules/.cache/vite-plugin-remember/v1'
const countBabel = path.join(import.meta.dirname, 'countBabel.cjs')

const script = `
import fs from 'node:fs'
import { babel } from '@rollup/plugin-babel'
import { rollup } from 'rollup'
import remember from 'vite-plugin-remember/rollup'

const calls = []
process.on('remember-test:call', ([, , file]) => calls.push(file.split('/').at(-1)))
const options = { babelHelpers: 'bundled', configFile: false, babelrc: false }
const plugins = [process.argv[2] !== 'plain' && remember({ summary: false }), babel(options)]
const bundle = await rollup({ input: 'src/index.js', plugins })
await bundle.write({ dir: process.argv[2] ?? 'dist', format: 'es', sourcemap: true })
await bundle.close()
fs.writeFileSync('calls.json', JSON.stringify(calls.sort()))
`

function git(dir: string, ...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
  execFileSync('git', [...who, ...args], { cwd: dir, stdio: 'pipe' })
}

interface Service {
  readonly home: string
  /** A job: clones a branch to a path of its own. */
  checkout(branch: string, ...to: string[]): string
}

const modules = Array.from({ length: 6 }, (_, at) => `module${at}.js`)

/** A repository with a branch `main`, and one, `topic`, that changes a module. */
function openService(): Service {
  const home = tempDir('vite-8')
  const origin = path.join(home, 'origin')
  fs.mkdirSync(path.join(origin, 'src'), { recursive: true })
  const write = (file: string, text: string): void =>
    fs.writeFileSync(path.join(origin, file), text)
  write('package.json', '{"name":"app","type":"module"}')
  write('.gitignore', 'node_modules\ndist\nplain\ncalls.json\n')
  write('build.js', script)
  for (const [at, name] of modules.entries()) write(`src/${name}`, `console.log(${at})\n`)
  write('src/index.js', modules.map((name) => `import './${name}'\n`).join(''))
  git(origin, 'init', '-q', '-b', 'main')
  git(origin, 'add', '.')
  git(origin, 'commit', '-qm', 'all')
  git(origin, 'checkout', '-qb', 'topic')
  write('src/module3.js', 'console.log("three")\n')
  git(origin, 'commit', '-qam', 'three')
  return {
    home,
    checkout(branch, ...to) {
      const dir = path.join(home, ...to)
      fs.mkdirSync(path.dirname(dir), { recursive: true })
      git(home, 'clone', '-q', '-b', branch, origin, dir)
      return dir
    },
  }
}

/** Builds in a process of its own; the modules that Babel compiled. */
async function build(dir: string, out?: 'plain'): Promise<string[]> {
  await runNodeOrThrow(path.join(dir, 'build.js'), {
    cwd: dir,
    args: out ? [out] : [],
    env: { NODE_OPTIONS: `--require=${countBabel}` },
  })
  return JSON.parse(fs.readFileSync(path.join(dir, 'calls.json'), 'utf8')) as string[]
}

async function expectPlainOutput(dir: string): Promise<void> {
  await build(dir, 'plain')
  for (const file of ['index.js', 'index.js.map']) {
    const read = (out: string): string => fs.readFileSync(path.join(dir, out, file), 'utf8')
    expect(read('dist')).toBe(read('plain'))
  }
}

/** As actions/cache does it; owned by another user. */
function save(dir: string, archive: string): void {
  const owner = ['--owner=1234', '--group=1234']
  execFileSync('tar', ['--posix', '-czf', archive, ...owner, '-C', dir, folder])
}

/** With times of now (`-m`), as where no times are kept. */
function restore(archive: string, dir: string): void {
  execFileSync('tar', ['-xmzf', archive, '-C', dir])
}

const all = [...modules, 'index.js'].sort()

test('a store restored on another runner: all is reused, on a branch all but its change', async () => {
  const service = openService()
  const first = service.checkout('main', 'runner-1', 'work', 'app')
  expect(await build(first)).toEqual(all)
  // with the stamps of that machine's files in it
  const whole = path.join(service.home, 'whole.tgz')
  expect(fs.readdirSync(path.join(first, folder, 'digests'))).not.toEqual([])
  save(first, whole)
  await runNodeOrThrow(path.join(repository, 'dist/cli.js'), {
    cwd: first,
    args: ['prune', '--for-ci'],
  })
  const pruned = path.join(service.home, 'pruned.tgz')
  save(first, pruned)
  expect(fs.statSync(pruned).size).toBeLessThan(fs.statSync(whole).size)

  for (const [runner, archive] of [
    ['läufer 2', whole],
    ['3', pruned],
  ] as const) {
    const other = service.checkout('main', runner, 'builds', 'deep', 'checkout')
    restore(archive, other)
    expect(await build(other)).toEqual([])
    await expectPlainOutput(other)
  }

  // no cache of its own yet: restore keys lead to that of main
  const topic = service.checkout('topic', 'runner-4', 'app')
  restore(pruned, topic)
  expect(await build(topic)).toEqual(['module3.js'])
  await expectPlainOutput(topic)
  // and the next job of the branch to the branch's
  const own = path.join(service.home, 'topic.tgz')
  save(topic, own)
  const again = service.checkout('topic', 'runner-5', 'app')
  restore(own, again)
  expect(await build(again)).toEqual([])
})

test('an archive that is cut off, and parts of a store: the build is right', async () => {
  const service = openService()
  const first = service.checkout('main', 'first')
  await build(first)
  const archive = path.join(service.home, 'cut.tgz')
  save(first, archive)
  const { size } = fs.statSync(archive)
  for (const share of [0.3, 0.8, 0.97]) {
    const cut = path.join(service.home, `cut-${share}.tgz`)
    fs.writeFileSync(cut, fs.readFileSync(archive).subarray(0, size * share))
    const dir = service.checkout('main', `cut-${share}`)
    // it complains, and leaves what it had come to
    expect(spawnSync('tar', ['-xmzf', cut, '-C', dir]).status).not.toBe(0)
    await build(dir)
    await expectPlainOutput(dir)
    expect(await build(dir)).toEqual([])
  }
  for (const lost of ['packs', 'order', 'builds', 'digests']) {
    const dir = service.checkout('main', `without-${lost}`)
    restore(archive, dir)
    fs.rmSync(path.join(dir, folder, lost), { recursive: true })
    await build(dir)
    await expectPlainOutput(dir)
  }
})
