// Builds a playground app three times, each in a process of its own: without the
// plugin, with it and an empty store, and once more with what that build stored.
// Fails when the three outputs differ anywhere, or when nothing was reused.
//
//   npm run demo -- [--app vue] [--size 1200]
import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { apps, generate } from './generate.mjs'
import { compareDirs, listFiles } from './lib/compareDirs.mjs'
import { buildCommand } from './lib/buildCommand.mjs'
import { lastStats } from './lib/lastStats.mjs'
import { runNodeOrThrow } from './lib/runNode.mjs'
import { alignColumns, count, seconds } from './lib/text.mjs'

const root = path.resolve(import.meta.dirname, '..')
const home = path.join(root, '.temp/demo')
const app = path.join(home, 'app')
const store = path.join(home, 'store')

const { values } = parseArgs({
  options: { app: { type: 'string', default: 'vue' }, size: { type: 'string', default: '1200' } },
})
const size = Number(values.size)
if (!apps.includes(values.app) || !Number.isInteger(size) || size < 0) {
  console.error(`Usage: npm run demo -- [--app ${apps.join('|')}] [--size <components>]`)
  process.exit(1)
}

console.log(`Writing the ${values.app} playground with ${count(size)} generated components …`)
rmSync(home, { recursive: true, force: true })
await generate(values.app, size, app)

const plain = await build('plain', { PLAYGROUND_PLAIN: '1' })
const cold = await build('cold', {})
const coldStats = await lastStats(store)
const warm = await build('warm', {})
const warmStats = await lastStats(store)

const rows = [
  ['', 'wall time', 'hook calls', 'reused', 'work saved', 'own work'],
  ['plain, without the plugin', seconds(plain.wallMs)],
  ['cold, the store is empty', seconds(cold.wallMs), ...describe(coldStats)],
  ['warm, the same once more', seconds(warm.wallMs), ...describe(warmStats)],
]
console.log(`\n${alignColumns(rows).join('\n')}\n`)
console.log(`Warm against plain: ${(plain.wallMs / warm.wallMs).toFixed(2)} times as fast.`)

const differences = [...compareDirs(plain.out, cold.out), ...compareDirs(plain.out, warm.out)]
const files = listFiles(plain.out).length
if (differences.length > 0) {
  console.error(`The outputs differ:\n  ${differences.join('\n  ')}`)
} else {
  console.log(`All three outputs are the same, byte for byte (${count(files)} files each).`)
}
if (warmStats.hits === 0) console.error('Nothing was reused.')
if (differences.length > 0 || files === 0 || warmStats.hits === 0) process.exitCode = 1

async function build(name, env) {
  console.log(`Building: ${name} …`)
  const out = path.join(home, 'out', name)
  const { script, args } = buildCommand(values.app, path.join(root, 'node_modules'))
  const { wallMs } = await runNodeOrThrow(script, {
    cwd: app,
    args,
    env: { PLAYGROUND_OUT: out, REMEMBER_DIR: store, ...env },
  })
  return { out, wallMs }
}

function describe({ hits, misses, savedMs, spentMs }) {
  return [count(hits + misses), count(hits), seconds(savedMs), seconds(spentMs)]
}
