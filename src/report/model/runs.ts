import { readBuilds, type BuildRecord } from '../../engine/index.ts'
import { isNotes, notesOf } from '../stats.ts'
import { total } from '../total.ts'
import type { RunSummary } from './types.ts'

/** More of them tell no more. */
const mostRecords = 500

/** The build records of a store by run, the last run first; all builds of one process are one run. */
export async function readRuns(dir: string): Promise<BuildRecord[][]> {
  const runs = new Map<string, BuildRecord[]>()
  for (const record of await readBuilds(dir, mostRecords)) {
    if (!isNotes(record.notes)) continue
    const { run } = notesOf(record)
    runs.set(run, [...(runs.get(run) ?? []), record])
  }
  // records come newest first, builds of a run are told in their order
  return [...runs.values()].map((records) => records.reverse())
}

export function summaryOf(records: readonly BuildRecord[]): RunSummary {
  const tallies = records.flatMap((record) => notesOf(record).plugins)
  const { hits, misses, bypassed, notStored, savedMs, spentMs } = total(tallies)
  const computed = tallies.map(({ computedMs }) => computedMs).filter((ms) => ms !== undefined)
  return {
    ...timesOf(records),
    hits,
    misses,
    bypassed,
    notStored,
    savedMs,
    spentMs,
    ...(computed.length > 0 && { computedMs: computed.reduce((sum, ms) => sum + ms, 0) }),
  }
}

export function timesOf(records: readonly Pick<BuildRecord, 'startedAt' | 'endedAt'>[]): {
  readonly startedAt: string
  readonly durationMs: number
} {
  const startedAt = Math.min(...records.map((record) => record.startedAt))
  const endedAt = Math.max(...records.map((record) => record.endedAt))
  return { startedAt: new Date(startedAt).toISOString(), durationMs: endedAt - startedAt }
}
