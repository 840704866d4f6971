import { readBuilds } from '../engine/index.ts'
import { groupRuns } from './runs.ts'
import { isNotes, notesOf, perHook, type PluginStats } from './stats.ts'
import { total, type Totals } from './total.ts'

/** One run: all builds of one process. */
export interface RunStats extends Totals {
  /** Names it for `remember diff`. */
  readonly id: string
  /** ISO 8601. */
  readonly startedAt: string
}

/** What `remember stats --since` prints. */
export interface History extends Totals {
  readonly format: 1
  /** ISO 8601. */
  readonly since: string
  /** Newest first. */
  readonly runs: readonly RunStats[]
  readonly plugins: readonly PluginStats[]
}

/**
 * Sums up the runs since a time; undefined when there was none.
 *
 * @param since milliseconds since 1970
 */
export async function statsSince(dir: string, since: number): Promise<History | undefined> {
  const records = (await readBuilds(dir)).filter(
    ({ notes, startedAt }) => isNotes(notes) && startedAt >= since,
  )
  if (records.length === 0) return undefined
  const tallies = records.flatMap((record) => notesOf(record).plugins)
  return {
    format: 1,
    since: new Date(since).toISOString(),
    ...total(tallies),
    runs: groupRuns(records).map(({ id, startedAt, notes }) => ({
      id,
      startedAt: new Date(startedAt).toISOString(),
      ...total(notes.flatMap((each) => each.plugins)),
    })),
    plugins: perHook(tallies),
  }
}
