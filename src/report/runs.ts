import { readBuilds, type BuildRecord } from '../engine/index.ts'
import type { BuildNotes } from '../plugin/index.ts'
import { isNotes, notesOf } from './stats.ts'

/** One run: all builds of one process. */
export interface Run {
  /** Eight letters that name it, those at the end of its first build's id. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Roots of its builds, relative to the workspace. */
  readonly roots: readonly string[]
  readonly builds: readonly BuildRecord[]
  readonly notes: readonly BuildNotes[]
}

/** The runs of a store, newest first. */
export async function readRuns(dir: string): Promise<Run[]> {
  const records = (await readBuilds(dir)).filter(({ notes }) => isNotes(notes))
  return groupRuns(records)
}

/** @param records newest first */
export function groupRuns(records: readonly BuildRecord[]): Run[] {
  const byRun = new Map<string, BuildRecord[]>()
  for (const record of records) {
    const { run } = notesOf(record)
    byRun.set(run, [...(byRun.get(run) ?? []), record])
  }
  return Array.from(byRun.values(), (builds) => {
    const notes = builds.map(notesOf)
    return {
      id: shortId(builds.at(-1)!.id),
      startedAt: Math.min(...builds.map(({ startedAt }) => startedAt)),
      roots: [...new Set(notes.map(({ root }) => root))],
      builds,
      notes,
    }
  })
}

/** `9f86d081` of `2025-06-01T10-20-30.400Z-9f86d081`. */
function shortId(build: string): string {
  return build.slice(-8)
}

/**
 * The runs that a name may mean: `last`, `last~1` for the one before, the first letters of a run's
 * id, or of the id of one of its builds (which begins with its time).
 *
 * @param runs newest first
 */
export function findRuns(runs: readonly Run[], name: string): readonly Run[] {
  const [, back] = /^last(?:~(\d+))?$/.exec(name) ?? [undefined, undefined]
  if (name === 'last' || back !== undefined) {
    const run = runs[Number(back ?? 0)]
    return run ? [run] : []
  }
  const means = (id: string): boolean => id.startsWith(name) || shortId(id).startsWith(name)
  return runs.filter(({ builds }) => builds.some(({ id }) => means(id)))
}
