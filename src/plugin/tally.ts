import type { HookName } from '../policies/index.ts'
import type { Spread } from './spread.ts'

/** Why a hook call was not answered from the store. */
export type CallReason =
  | 'first_seen'
  | 'part_changed'
  | 'input_changed'
  | 'damaged'
  /** It was stored, and went with a `prune` or by a `clear` since. */
  | 'pruned'
  | 'cleared'
  /** The last time it could not be stored. */
  | 'not_stored'
  | 'refresh'
  | 'verify_mismatch'
  | 'off'
  | 'refused'
  /** In a dev server: its plugin may know what the file was before. */
  | 'edited'
  | 'not_replayable'

/** What happened to the calls of one hook of one plugin in one build. */
export interface HookTally {
  readonly plugin: string
  readonly hook: HookName
  hits: number
  /** Of the hits: computed again, with the same outcome. */
  verified: number
  /** Originals that ran because nothing stored could be reused. */
  misses: number
  /** Calls that were never looked up, by policy. */
  bypassed: number
  /** Misses whose outcome could not be stored. */
  notStored: number
  /** What the reused calls cost when they were computed, in milliseconds. */
  savedMs: number
  /** What looking up, checking and replaying cost, in milliseconds; storing is not in it. */
  spentMs: number
  /** What originals cost that ran in this build, in milliseconds. Absent in records of older versions. */
  computedMs?: number
  /** What single calls cost when they were computed, in this build or before they were stored. Absent in records of older versions. */
  readonly callCosts: Spread
  /** What looking up, checking and replaying cost for single hits. Absent in records of older versions. */
  readonly hitCosts: Spread
  /** Misses and bypasses by reason. */
  readonly reasons: Partial<Record<CallReason, number>>
  /** Calls that the plugin's policy refuses, by its reason. Absent where there are none. */
  refusals?: Record<string, number>
  /** Outcomes not stored, by reason, e.g. `{ 'this.resolve': 3 }`. */
  readonly notStoredReasons: Record<string, number>
  /** Calls that started what nobody can look into, by what it was; only an audit counts them. */
  unseen?: Record<string, number>
}

/** One call that was not reused, for `remember stats` and what builds on it. */
export interface Recomputed {
  readonly plugin: string
  readonly hook: HookName
  /** Portable id: relative to `<root>/`. */
  readonly id: string
  readonly reason: CallReason
  /** What differs: a named part (`code`, `options.template`) or an input (`file:<root>/src/types.ts`). */
  readonly part?: string
  /** For `pruned` and `cleared` when that was, as ISO 8601; for `not_stored` why. */
  readonly from?: string
  readonly to?: string
}

/** A call whose outcome could not be stored. */
export interface Unstored {
  readonly plugin: string
  readonly hook: HookName
  /** Portable. */
  readonly id: string
  readonly reason: string
}

export function createTally(plugin: string, hook: HookName): HookTally {
  return {
    plugin,
    hook,
    hits: 0,
    verified: 0,
    misses: 0,
    bypassed: 0,
    notStored: 0,
    savedMs: 0,
    spentMs: 0,
    callCosts: {},
    hitCosts: {},
    reasons: {},
    notStoredReasons: {},
  }
}

export function countReason(tally: HookTally, reason: CallReason): void {
  tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1
}

export function countRefusal(tally: HookTally, why: string): void {
  tally.refusals ??= {}
  tally.refusals[why] = (tally.refusals[why] ?? 0) + 1
}

export function countUnseen(tally: HookTally, what: string): void {
  tally.unseen ??= {}
  tally.unseen[what] = (tally.unseen[what] ?? 0) + 1
}

export function countNotStored(tally: HookTally, reason: string): void {
  tally.notStored++
  tally.notStoredReasons[reason] = (tally.notStoredReasons[reason] ?? 0) + 1
}
