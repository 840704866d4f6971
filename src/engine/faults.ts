import type { Entry } from './entry.ts'
import type { Fault } from './types.ts'

/** Two computations of one key and trace brought different values. */
export function nonDeterministic(entry: Entry): Fault {
  return {
    code: 'non_deterministic',
    message: `${nameOf(entry)} gave two different results for equal parts and inputs; the first one is kept.`,
    label: entry.label,
  }
}

/** A stored value is not what its computation gives now. */
export function verifyMismatch(entry: Entry, difference: string): Fault {
  return {
    code: 'verify_mismatch',
    message: `${nameOf(entry)} now gives another result than the stored one, which is withdrawn: ${difference}`,
    label: entry.label,
  }
}

function nameOf({ namespace, label, key }: Entry): string {
  return `${namespace}: ${label === '' ? key : label}`
}
