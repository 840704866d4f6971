import { openCache } from '../engine/index.ts'
import { sightedIds, type OtherCalls } from '../plugin/index.ts'
import type { Run } from './runs.ts'
import { allOthers } from './stats.ts'

/** What the last run made of a file or plugin besides computing it anew. */
export interface About {
  /** Calls of remembered hooks, whether they were reused or not. */
  readonly calls: readonly SeenCall[]
  /** Calls that the policies of their plugins refuse, by reason. */
  readonly refused: readonly Refused[]
  /** Calls that are not remembered. */
  readonly others: readonly OtherCalls[]
  /** False when calls that were not reused are known by number only: the first run of a root, or too many. */
  readonly isWhole: boolean
  /** True when there was no earlier run of the root to compare with. */
  readonly isFirst: boolean
}

export interface Refused {
  readonly plugin: string
  readonly hook: string
  readonly reason: string
  readonly calls: number
}

export interface SeenCall {
  readonly plugin: string
  readonly hook: string
  /** Portable. */
  readonly id: string
}

/** @param about part of a file name, or of a plugin's name */
export async function aboutRun(dir: string, run: Run, about: string): Promise<About> {
  const text = about.replace(/^\.\//, '')
  const cache = await openCache({ dir, mode: 'readonly' })
  const calls: SeenCall[] = []
  try {
    for (const seen of run.notes.flatMap((notes) => notes.seen)) {
      const { plugin, hook } = seen
      for (const id of await sightedIds(cache, seen)) {
        if (id.includes(text) || plugin.includes(text)) calls.push({ plugin, hook, id })
      }
    }
  } finally {
    await cache.close()
  }
  const tallies = run.notes.flatMap((notes) => notes.plugins)
  const misses = tallies.reduce((all, tally) => all + tally.misses, 0)
  const told = run.notes.reduce((all, notes) => all + notes.recomputed.length, 0)
  return {
    calls,
    refused: tallies
      .filter(({ plugin }) => plugin.includes(text))
      .flatMap(({ plugin, hook, refusals = {} }) =>
        Object.entries(refusals).map(([reason, times]) => ({ plugin, hook, reason, calls: times })),
      ),
    others: allOthers(run.notes).filter(({ plugin }) => plugin.includes(text)),
    isWhole: told >= misses,
    isFirst: told === 0 && misses > 0,
  }
}
