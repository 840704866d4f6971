import type { Difference, Totals } from './run.mjs'

/** What a soak found, for people. */
export function describe(result: {
  readonly name: string
  readonly seed: string
  readonly totals: Totals
  readonly difference?: Difference | undefined
  /** Where all of it stays. */
  readonly home?: string | undefined
}): string
