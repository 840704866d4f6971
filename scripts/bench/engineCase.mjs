import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runNodeOrThrow } from '../lib/runNode.mjs'
import { median } from './statistics.mjs'
import { markdownTable } from './tables.mjs'

const script = path.resolve(import.meta.dirname, 'engine.mjs')

/** Measures the engine alone: misses, hits from disk, and opening a large store. Gives a Markdown table. */
export async function measureEngine({ runs, home, log }) {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const store = path.join(home, 'modules')
  const large = path.join(home, 'large')
  log('filling a store of 100,000 entries')
  await run('fill', large, 100_000, 200)

  const results = []
  for (let round = 1; round <= runs; round++) {
    log(`round ${round} of ${runs}`)
    rmSync(store, { recursive: true, force: true })
    results.push({
      miss: await run('fill', store, 10_000, 5000),
      hit: await run('hit', store, 10_000, 5000),
      open: await run('open', large, 100_000, 200),
    })
  }
  const middle = (pick) => median(results.map(pick))
  const us = (pick) => `${middle(pick).toFixed(1)} µs`
  const ms = (pick) => `${middle(pick).toFixed(1)} ms`
  return markdownTable(
    ['engine', 'median', '99th percentile'],
    [
      ['hit, 5 KB from disk', us((one) => one.hit.medianUs), us((one) => one.hit.p99Us)],
      ['miss, 5 KB', us((one) => one.miss.medianUs), us((one) => one.miss.p99Us)],
      ['miss, 5 KB, with its share of storing', us((one) => one.miss.allUs), ''],
      ['open, 100,000 entries', ms((one) => one.open.openMs), ''],
      ['open and first hit, 100,000 entries', ms((one) => one.open.answerMs), ''],
    ],
  )
}

async function run(task, dir, entries, bytes) {
  const args = [task, dir, String(entries), String(bytes)]
  const { stdout } = await runNodeOrThrow(script, { args })
  return JSON.parse(stdout)
}
