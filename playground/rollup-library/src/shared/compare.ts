import type { Comparable } from './types'

export function compare(a: Comparable, b: Comparable): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}

export function by<T>(pick: (item: T) => Comparable, descending = false) {
  const sign = descending ? -1 : 1
  return (a: T, b: T): number => sign * compare(pick(a), pick(b))
}

/** The first comparison that tells the two apart decides. */
export function chain<T>(...comparisons: ((a: T, b: T) => number)[]) {
  return (a: T, b: T): number => {
    for (const next of comparisons) {
      const order = next(a, b)
      if (order !== 0) return order
    }
    return 0
  }
}
