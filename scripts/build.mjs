// Builds dist/: JavaScript by Rolldown (one file per door, shared chunks), types by TypeScript, the
// inspector's page by Vite with the plugin that was just made.
// `--no-types` leaves out the types. Nothing changes in dist/ when the build fails.
import { execFileSync } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { build as buildPage } from 'vite'
import manifest from '../package.json' with { type: 'json' }
import { markBuilt, sourceDigest } from './setup/dist.mjs'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)
const digest = sourceDigest(root)
const fresh = `.temp/dist-${process.pid}`
const withTypes = !process.argv.includes('--no-types')

try {
  await bundle(fresh)
  await inspector(fresh)
  if (withTypes) writeTypes(fresh)
  await putInPlace(fresh, 'dist')
  if (withTypes) markBuilt(root, digest)
} finally {
  await rm(fresh, { recursive: true, force: true })
}

async function bundle(dir) {
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  const build = await rolldown({
    input: {
      vite: 'src/vite.ts',
      rollup: 'src/rollup.ts',
      rolldown: 'src/rolldown.ts',
      engine: 'src/engine.ts',
      report: 'src/report.ts',
      cli: 'src/cli/main.ts',
    },
    external: packages.map((name) => new RegExp(`^${name}(?:/|$)`)),
    platform: 'node',
    transform: { define: { __VERSION__: JSON.stringify(manifest.version) } },
  })
  await build.write({ dir, format: 'esm', chunkFileNames: 'chunks/[name].js' })
  await build.close()
}

/** One file, which `remember report` and the dev server find beside the code. */
async function inspector(dir) {
  process.env.REMEMBER_BUILT = pathToFileURL(path.resolve(dir, 'vite.js')).href
  // a test run has another one
  process.env.NODE_ENV = 'production'
  const outDir = path.resolve(`${dir}-page`)
  try {
    await buildPage({
      root: 'inspector',
      configFile: 'inspector/vite.config.ts',
      build: { outDir, emptyOutDir: true },
    })
    await rename(path.join(outDir, 'index.html'), path.join(dir, 'inspector.html'))
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

function writeTypes(dir) {
  const require = createRequire(import.meta.url)
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc')
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', dir]
  execFileSync(process.execPath, args, { stdio: 'inherit' })
}

/** Swaps folders, so that a process that uses the old one finds a whole one at any time but for an instant. */
async function putInPlace(from, to) {
  const old = `.temp/dist-old-${process.pid}`
  await mkdir('.temp', { recursive: true })
  for (;;) {
    await rename(to, old).catch(ignore('ENOENT'))
    await rm(old, { recursive: true, force: true })
    try {
      return await rename(from, to)
    } catch (error) {
      // another build was faster
      ignore('ENOTEMPTY', 'EEXIST')(error)
    }
  }
}

function ignore(...codes) {
  return (error) => {
    if (!codes.includes(error.code)) throw error
  }
}
