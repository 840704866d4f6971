// Builds every member that has a `build` script, all at once or one after the other, as
// `pnpm -r run build`, `turbo run build` and `nx run-many -t build` do: each in a process of its
// own, in the member's folder.
//
//   node build.mjs [--one-by-one] [--config <file>]…
//
// `--config` names the files to build with: Vite's have `vite` in their name.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { argv, execPath, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

const root = import.meta.dirname
const require = createRequire(import.meta.url)

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function members() {
  return readJson(join(root, 'package.json'))
    .workspaces.map((pattern) => pattern.replace('/*', ''))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .map((dir) => ({ dir, manifest: readJson(join(dir, 'package.json')) }))
}

/** What `npm install` does for a workspace. It does not for this one, which lies in another. */
function link({ dir, manifest }) {
  const place = join(root, 'node_modules', manifest.name)
  if (existsSync(place)) return
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(relative(dirname(place), dir), place, 'junction')
}

function build({ dir, manifest }, configs) {
  const [tool] = manifest.scripts.build.split(' ')
  const config = configs.find((name) => name.includes('vite') === (tool === 'vite'))
  const home = dirname(require.resolve(`${tool}/package.json`))
  const { bin } = readJson(join(home, 'package.json'))
  const args = {
    vite: ['build', ...(config ? ['--config', config] : [])],
    rollup: ['--silent', '-c', ...(config ? [config] : [])],
  }[tool]
  const child = spawn(execPath, [join(home, bin[tool]), ...args], { cwd: dir })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => (text += part))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(stdout.write(`${manifest.name}\n${text}`))
      else reject(new Error(`${manifest.name} ended with ${code}:\n${text}`))
    })
  })
}

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    'one-by-one': { type: 'boolean', default: false },
    config: { type: 'string', multiple: true, default: [] },
  },
})
const all = members()
all.forEach(link)
const built = all.filter(({ manifest }) => manifest.scripts?.build)
try {
  if (values['one-by-one']) for (const each of built) await build(each, values.config)
  else await Promise.all(built.map((each) => build(each, values.config)))
} catch (error) {
  stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
