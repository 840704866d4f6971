import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { generate } from '../generate.mjs'
import { buildCommand } from '../lib/buildCommand.mjs'
import { compareDirs } from '../lib/compareDirs.mjs'
import { lastStats } from '../lib/lastStats.mjs'
import { runNodeOrThrow } from '../lib/runNode.mjs'
import { bytesBelow } from './bytesBelow.mjs'
import { editShare } from './editShare.mjs'
import { describeBuilds } from './tables.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/** The builds of one app, at each of the sizes; a Markdown table for each. Single measurements go beside `home`. */
export async function measureApp({ app, size, config, oracle }, settings) {
  const tables = []
  for (const each of settings.sizes ?? [size]) {
    const rounds = await measureBuilds({ app, size: each, config, oracle }, settings)
    writeFileSync(`${settings.home}-${each}.json`, JSON.stringify(rounds, undefined, 2))
    tables.push(`${each} components, ${settings.runs} rounds\n\n${describeBuilds(rounds)}`)
  }
  return tables.join('\n\n')
}

/**
 * Rounds of plain, cold, warm, with `edits` after edits, and (when it has one) oracle, one process
 * each, one after the other. Each round's warm build uses what its cold build stored. Throws when an
 * output differs from the plain one.
 *
 * @returns one object per round: build name → { wallMs, cpuMs, peakBytes, … }.
 */
async function measureBuilds({ app, size, config, oracle }, { runs, edits, home, log }) {
  const bench = prepareBuilds(app, config, home)
  log(`writing ${app} at ${size}`)
  await generate(app, size, bench.dir)
  log('warming up')
  await bench.plain()
  if (oracle) {
    writeOracleConfig(bench.dir)
    await bench.oracle('record')
  }
  const rounds = []
  for (let round = 1; round <= runs; round++) {
    log(`round ${round} of ${runs}`)
    const results = {
      plain: await bench.plain(),
      cold: await bench.cold(),
      warm: await bench.warm(),
    }
    if (edits) Object.assign(results, await afterEdits(bench, round))
    if (oracle) results.oracle = await bench.oracle('replay')
    rounds.push(results)
  }
  return rounds
}

/** Warm builds after one edit, and after a switch to a branch that differs in 5 % of the files. */
async function afterEdits(bench, round) {
  const results = {}
  for (const [name, share] of Object.entries({ '1 edit': 0, '5 % edited': 0.05 })) {
    const undo = editShare(bench.dir, share, round)
    // what is right is told once: it is the same in each round but for a number
    if (round === 1) await bench.plain('plain after edits')
    results[name] = await bench.warm(round === 1 ? 'plain after edits' : false)
    undo()
  }
  return results
}

/** Builds of an app in `<home>/app`, each with its measurements; outputs that differ from the plain one throw. */
export function prepareBuilds(app, config, home) {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const dir = path.join(home, 'app')
  const store = path.join(home, 'store')
  const oracleFile = path.join(home, 'oracle.bin')

  async function run(name, env, { configFile = config, sameAs = 'plain' } = {}) {
    const report = path.join(home, `${name}.json`)
    const { script, args } = buildCommand(app, path.join(root, 'node_modules'), configFile)
    const out = path.join(home, 'out', name)
    rmSync(out, { recursive: true, force: true })
    const { wallMs } = await runNodeOrThrow(script, {
      cwd: dir,
      args,
      nodeArgs: ['--import', pathToFileURL(path.join(root, 'scripts/bench/measure.mjs')).href],
      env: { PLAYGROUND_OUT: out, BENCH_REPORT: report, REMEMBER_DIR: store, ...env },
    })
    const differences = sameAs ? compareDirs(path.join(home, 'out', sameAs), out) : []
    if (differences.length > 0) throw new Error(`${name} differs:\n${differences.join('\n')}`)
    return { wallMs, ...JSON.parse(readFileSync(report, 'utf8')) }
  }

  return {
    dir,
    store,
    run,
    plain: (name = 'plain') => run(name, { PLAYGROUND_PLAIN: '1' }, { sameAs: name }),
    async cold() {
      rmSync(store, { recursive: true, force: true })
      const result = await run('cold', {})
      const { recordMs } = (await lastStats(store)).costs
      return {
        ...result,
        recordMs,
        storeBytes: bytesBelow(store),
        valueBytes: await storedBytes(store),
      }
    },
    /** @param sameAs the build with the right output; false where it is not asked */
    async warm(sameAs = 'plain', name = 'warm') {
      const result = await run(name, {}, { sameAs })
      const stats = await lastStats(store)
      const { hits, misses, savedMs, spentMs, costs } = stats
      return { ...result, hits, misses, savedMs, spentMs, ...costs, storeBytes: bytesBelow(store) }
    },
    async oracle(mode) {
      const env = { PLAYGROUND_PLAIN: '1', BENCH_ORACLE: mode, BENCH_ORACLE_FILE: oracleFile }
      const result = await run('oracle', env, { configFile: 'vite.oracle.config.js' })
      if (mode === 'replay') result.wallMs -= result.oracle.loadMs
      return result
    },
  }
}

/** The app's own config with the oracle in front. */
function writeOracleConfig(dir) {
  const file = path.join(root, 'scripts/bench/oracle.mjs')
  const lines = [
    `import config from './vite.config.js'`,
    `import oracle from ${JSON.stringify(file)}`,
    `export default { ...config, plugins: [oracle(), ...config.plugins] }`,
  ]
  writeFileSync(path.join(dir, 'vite.oracle.config.js'), `${lines.join('\n')}\n`)
}

/** Bytes of all values in a store, as they are stored. */
async function storedBytes(store) {
  const { openCache } = await import('../../dist/engine.js')
  const cache = await openCache({ dir: store, mode: 'readonly' })
  const entries = await cache.entries()
  await cache.close()
  return entries.reduce((sum, entry) => sum + entry.size, 0)
}
