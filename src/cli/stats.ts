import {
  causeLine,
  cheapLine,
  count,
  differingLine,
  lastStats,
  seconds,
  statsSince,
  table,
  unstableLine,
  type Stats,
} from '../report/index.ts'
import { describeHistory, pluginRow } from './history.ts'
import { findStore, noBuild, wrongUsage } from './store.ts'
import { timeOf } from './units.ts'

export interface StatsArgs {
  readonly since?: string | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runStats(args: StatsArgs): Promise<void> {
  const dir = findStore(args.dir)
  if (args.since !== undefined) return await printSince(dir, args.since, args.json)
  const found = await lastStats(dir)
  if (!found) return noBuild(dir)
  console.log(args.json ? JSON.stringify(found, undefined, 2) : describe(found))
}

async function printSince(dir: string, since: string, json: boolean | undefined): Promise<void> {
  const span = timeOf(since)
  if (span === undefined) return wrongUsage('--since', '7d or 12h', since)
  const found = await statsSince(dir, Date.now() - span)
  if (!found) return noBuild(dir)
  console.log(json ? JSON.stringify(found, undefined, 2) : describeHistory(found))
}

function describe(found: Stats): string {
  const rows = found.plugins.map(pluginRow)
  return [
    `Last build, ${found.startedAt}: ${count(found.hits)} reused, ${count(found.misses)} new, ${count(found.bypassed)} bypassed, ${count(found.notStored)} not stored; saved ${seconds(found.savedMs)}, spent ${seconds(found.spentMs)}`,
    ...table(rows),
    ...found.cheap.map((each) => `  ${cheapLine(each)}`),
    ...others(found),
    ...causes(found),
    ...found.unstable.map((each) => `  ${unstableLine(each)}`),
    ...found.differing.slice(0, 10).map((each) => `  differed: ${differingLine(each)}`),
    ...found.problems.map((problem) => `problem: ${problem}`),
  ].join('\n')
}

/** Less than this is not worth a line, in milliseconds. */
const noticed = 100

/** What nobody remembers and takes its time; `remember why <plugin>` has the rest. */
function others({ others: all }: Stats): string[] {
  const rows = all
    .filter(({ ms }) => ms >= noticed)
    .slice(0, 5)
    .map(({ plugin, hook, calls, ms, reason }) => [
      `${plugin} ${hook}`,
      `${count(calls)} ${calls === 1 ? 'call' : 'calls'}`,
      seconds(ms),
      reason,
    ])
  return rows.length === 0 ? [] : ['not remembered, and slow:', ...table(rows)]
}

/** Misses with one cause are one line; `remember why` has them all. */
function causes(found: Stats): string[] {
  const lines = new Map<string, number>()
  for (const call of found.recomputed.filter(({ part }) => part !== undefined)) {
    const line = `${call.plugin} ${call.hook}: ${causeLine(call)}`
    lines.set(line, (lines.get(line) ?? 0) + 1)
  }
  return [...lines].slice(0, 10).map(([line, times]) => `  ${line} (${count(times)} calls)`)
}
