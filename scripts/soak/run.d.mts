import type { Host } from '../lib/hosts.mjs'

/** An app on a host, and what of it is edited. */
export interface Case {
  readonly host: Host
}

export interface Totals {
  readonly steps: number
  /** Steps whose builds fail, alike. */
  readonly failed: number
  /** Steps in which plain builds differ among themselves. */
  readonly undecided: number
  /** Hook calls of all warm builds. */
  readonly calls: number
  readonly reused: number
}

export interface Difference {
  readonly step: number
  /** What differs, for people. */
  readonly found: readonly string[]
  /** The edits of the last steps. */
  readonly history: readonly string[]
}

export interface SoakOptions {
  readonly name: string
  readonly case: Case
  readonly seed: string
  readonly steps: number
  /** A folder that is made anew, where the packages of the case's host resolve. */
  readonly home: string
  readonly log: (text: string) => void
}

/**
 * Edits a copy of an app at random, step by step, and after each step builds it
 * with all that the steps before have stored, and plain. Ends at the first
 * difference and tells of it; nothing but the seed decides what is edited.
 */
export function soak(options: SoakOptions): Promise<{ totals: Totals; difference?: Difference }>
