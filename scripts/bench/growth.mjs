import { generate } from '../generate.mjs'
import { seconds } from '../lib/text.mjs'
import { prepareBuilds } from './builds.mjs'
import { editShare } from './editShare.mjs'
import { median } from './statistics.mjs'
import { markdownTable, mebibytes } from './tables.mjs'

const modules = [100, 300, 1000]
const stored = [1, 10, 100]
const atOnce = [1, 2, 4]

/**
 * How the cost of warm builds of the Vue app grows: with its components, with the builds that are
 * stored (each of another branch with 5 % of the files edited), and with processes that build at once.
 */
export async function measureGrowth({ runs, sizes = modules, home, log }) {
  const rows = []
  for (const size of sizes) rows.push(await withModules(size, runs, home, log))
  const bench = await prepared(sizes[0], home)
  for (const count of atOnce) rows.push(await withProcesses(bench, count, runs, log))
  let builds = 1
  for (const count of stored) {
    for (; builds < count; builds++) {
      log(`storing build ${builds + 1} of ${count}`)
      const undo = editShare(bench.dir, 0.05, builds)
      await bench.warm(false)
      undo()
    }
    log(`${count} stored builds`)
    rows.push(await row(`${count} stored builds, ${sizes[0]} components`, bench, runs))
  }
  const head = [
    'warm builds of vue with',
    'plain',
    'warm',
    'warm ÷ plain',
    'the same, CPU',
    'store',
    'peak memory',
  ]
  return markdownTable(head, rows)
}

async function withModules(size, runs, home, log) {
  log(`${size} components`)
  const bench = await prepared(size, home)
  return await row(`${size} components`, bench, runs)
}

async function withProcesses(bench, count, runs, log) {
  log(`${count} processes`)
  const all = (build) => async () => {
    const results = await Promise.all(Array.from({ length: count }, (_, at) => build(` ${at}`)))
    const last = Math.max(...results.map(({ wallMs }) => wallMs))
    return { ...results[0], wallMs: last }
  }
  const parallel = {
    plain: all((name) => bench.plain(`plain${name}`)),
    warm: all((name) => bench.warm('plain', `warm${name}`)),
  }
  return await row(`${count} processes at once`, parallel, runs)
}

async function prepared(size, home) {
  const bench = prepareBuilds('vue', undefined, home)
  await generate('vue', size, bench.dir)
  await bench.plain()
  await bench.cold()
  return bench
}

async function row(name, bench, runs) {
  const rounds = []
  for (let round = 0; round < runs; round++) {
    rounds.push({ plain: await bench.plain(), warm: await bench.warm() })
  }
  const middle = (pick) => median(rounds.map(pick))
  return [
    name,
    seconds(middle(({ plain }) => plain.wallMs)),
    seconds(middle(({ warm }) => warm.wallMs)),
    middle(({ plain, warm }) => warm.wallMs / plain.wallMs).toFixed(2),
    middle(({ plain, warm }) => warm.cpuMs / plain.cpuMs).toFixed(2),
    mebibytes(middle(({ warm }) => warm.storeBytes)),
    mebibytes(middle(({ warm }) => warm.peakBytes)),
  ]
}
