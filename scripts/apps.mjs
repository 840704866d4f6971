// Builds any app that has our plugin in its config: plain, plain again, cold, warm, and after
// random edits, and compares what comes out byte for byte with the plain build's.
//
//   npm run apps -- <folder> [--edits 20] [--seed n] [--out dist] [--in src] [--clock]
//     [--together n] [--continue] -- <build command>
//
// The folder is edited: give it a copy. It needs no knowledge of the app, for
// REMEMBER=off in the environment is the plain build. What the builds wrote is taken from
// the folders that the plain build wrote to (or from `--out`, comma-separated); the store
// and all outputs stay in <folder>/../<name>.apps. Edits are in all its sources, or in those of
// the folders `--in`. With `--clock` the date stands still in all builds. `--together`
// makes several edits between builds; `--continue` goes on with the store and the edits of before.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { editSomething, tracked } from './apps/edit.mjs'
import { run } from './apps/run.mjs'
import { randomFrom } from './generate/random.mjs'
import { compareDirs, listFiles } from './lib/compareDirs.mjs'
import { lastStats } from './lib/lastStats.mjs'
import { alignColumns, count, seconds } from './lib/text.mjs'

const at = process.argv.indexOf('--')
const { values, positionals } = parseArgs({
  args: process.argv.slice(2, at === -1 ? undefined : at),
  allowPositionals: true,
  options: {
    edits: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    out: { type: 'string', default: 'dist' },
    in: { type: 'string', default: '' },
    env: { type: 'string', multiple: true, default: [] },
    clock: { type: 'boolean', default: false },
    together: { type: 'string', default: '1' },
    continue: { type: 'boolean', default: false },
  },
})
const [folder] = positionals
const command = at === -1 ? [] : process.argv.slice(at + 1)
if (!folder || command.length === 0) {
  console.error(
    'Usage: npm run apps -- <folder> [--edits 5] [--seed n] [--out dist,…] [--in src,…] [--clock] [--together n] [--continue] -- <command>',
  )
  process.exit(1)
}
const dir = path.resolve(folder)
const home = `${dir}.apps`
const store = path.join(home, 'store')
const outs = values.out.split(',')
const places = values.in.split(',')
const cpu = path.join(home, 'cpu')
const preloads = values.clock ? ['cpu.mjs', 'clock.mjs'] : ['cpu.mjs']
const observed = {
  APPS_CPU: cpu,
  APPS_CLOCK: String(Date.now()),
  NODE_OPTIONS: [
    process.env.NODE_OPTIONS,
    ...preloads.map(
      (name) => `--import=${pathToFileURL(path.join(import.meta.dirname, 'apps', name))}`,
    ),
  ].join(' '),
}
if (!values.continue) rmSync(home, { recursive: true, force: true })
mkdirSync(home, { recursive: true })

const rows = [['build', 'wall', 'CPU', 'reused', 'new', 'saved', 'own work']]
let failed = 0

if (!values.continue) {
  const plain = await build('plain', true)
  const again = await build('plain-again', true)
  report('plain, twice', plain, again)
  report('cold', plain, await build('cold'))
  report('warm', plain, await build('warm'))
}

const random = randomFrom('apps', path.basename(dir), values.seed)
console.log(`seed ${values.seed}`)
const edits = Number(values.edits)
for (let done = 0; done < edits;) {
  const made = []
  for (; made.length < Number(values.together) && done < edits; done++) {
    made.unshift(editSomething(dir, sources(), random))
  }
  const warm = await build(`edit-${done}`)
  const fresh = await build(`edit-${done}-plain`, true)
  report(`${done}: ${made.map(({ told }) => told).join(', ')}`, fresh, warm)
  // later steps would show nothing but the same error
  if (fresh.code !== 0) for (const { undo } of made) undo()
}
console.log(`\n${alignColumns(rows).join('\n')}`)
if (failed > 0) process.exitCode = 1

function sources() {
  const names = places.flatMap((place) => tracked(dir, place))
  return names.filter((name) => !outs.some((out) => name.startsWith(`${out}/`)))
}

async function build(name, isPlain = false) {
  for (const out of outs) rmSync(path.join(dir, out), { recursive: true, force: true })
  if (values.clock) putRecordsAway()
  rmSync(cpu, { force: true })
  const { code, wallMs, text } = await run(command, dir, {
    ...Object.fromEntries(values.env.map((each) => each.split(/=(.*)/s).slice(0, 2))),
    ...observed,
    REMEMBER: isPlain ? 'off' : undefined,
    REMEMBER_DIR: store,
  })
  const kept = path.join(home, name)
  mkdirSync(kept, { recursive: true })
  for (const out of outs) {
    const from = path.join(dir, out)
    if (existsSync(from)) cpSync(from, path.join(kept, out), { recursive: true })
  }
  if (code !== 0) console.log(`${name} ended with ${code}:\n${text.slice(-2000)}`)
  const stats = isPlain ? undefined : await lastStats(store)
  const numbers = stats
    ? [count(stats.hits), count(stats.misses), seconds(stats.savedMs), seconds(stats.spentMs)]
    : []
  const work = existsSync(cpu) ? readFileSync(cpu, 'utf8').trim().split('\n').map(Number) : []
  const cpuMs = work.reduce((sum, ms) => sum + ms, 0)
  rows.push([name, seconds(wallMs), seconds(cpuMs), ...numbers])
  return { code, kept }
}

/** Which record is the last one is told by the date, which stands still. */
function putRecordsAway() {
  const builds = path.join(store, 'builds')
  if (!existsSync(builds)) return
  mkdirSync(path.join(home, 'builds'), { recursive: true })
  for (const name of readdirSync(builds)) {
    renameSync(path.join(builds, name), path.join(home, 'builds', name))
  }
}

/** A plain build that differs from itself is no measure: what differs there is left out. */
function report(what, fresh, built) {
  const files = listFiles(fresh.kept).length
  const differing = compareDirs(fresh.kept, built.kept)
  const isSame =
    differing.length === 0 && fresh.code === built.code && (files > 0 || fresh.code !== 0)
  const told = isSame ? `the same (${count(files)} files, ends with ${fresh.code})` : 'DIFFERENT'
  console.log(`${what}: ${told}`)
  if (isSame) return
  failed++
  for (const line of differing.slice(0, 8)) console.log(`  ${line}`)
}
