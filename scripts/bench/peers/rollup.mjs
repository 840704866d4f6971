// One build of the library playground by Rollup.
//
//   node scripts/bench/peers/rollup.mjs <app> none|ours|own|rollup-cache <cache folder>
//
// `own`: what Rollup's own `cache` holds, written to disk and read again, which its documentation
// leaves to the user. `none` and `ours` differ by the environment of the app's config.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [dir, caching, cacheDir] = process.argv.slice(2)
// the one that the app would get
const { rollup } = await import(
  pathToFileURL(createRequire(path.join(dir, 'package.json')).resolve('rollup')).href
)
const { default: plain } = await import(pathToFileURL(path.join(dir, 'rollup.config.js')).href)
mkdirSync(cacheDir, { recursive: true })
const file = path.join(cacheDir, 'rollup.json')

const config = await withCache(plain)
const bundle = await rollup(config)
for (const output of [config.output].flat()) await bundle.write(output)
if (caching === 'own') writeFileSync(file, JSON.stringify(bundle.cache))
await bundle.close()

async function withCache(options) {
  if (caching === 'own' && existsSync(file)) {
    return { ...options, cache: JSON.parse(readFileSync(file, 'utf8')) }
  }
  if (caching !== 'rollup-cache') return options
  const { cacheBuild } = await import('rollup-cache')
  const dependencies = [path.join(dir, 'rollup.config.js'), path.join(dir, 'babel.config.json')]
  return cacheBuild({ name: 'bench', cacheDir, dependencies, enabled: true }, options)
}
