import type { HookTally } from '../plugin/index.ts'

/** Counts and milliseconds, summed. */
export interface Totals {
  hits: number
  verified: number
  misses: number
  bypassed: number
  notStored: number
  savedMs: number
  spentMs: number
  reasons: Record<string, number>
  notStoredReasons: Record<string, number>
}

const counted = [
  'hits',
  'verified',
  'misses',
  'bypassed',
  'notStored',
  'savedMs',
  'spentMs',
] as const

export function emptyTotals(): Totals {
  return {
    hits: 0,
    verified: 0,
    misses: 0,
    bypassed: 0,
    notStored: 0,
    savedMs: 0,
    spentMs: 0,
    reasons: {},
    notStoredReasons: {},
  }
}

export function total(tallies: readonly HookTally[]): Totals {
  const sum = emptyTotals()
  for (const tally of tallies) addTally(sum, tally)
  return sum
}

export function addTally(sum: Totals, tally: HookTally): void {
  for (const name of counted) {
    // records of older versions lack some
    sum[name] += (tally[name] as number | undefined) ?? 0
  }
  for (const name of ['reasons', 'notStoredReasons'] as const) {
    for (const [reason, times] of Object.entries(tally[name])) {
      sum[name][reason] = (sum[name][reason] ?? 0) + times
    }
  }
}
