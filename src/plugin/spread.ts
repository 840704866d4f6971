/**
 * How often which cost came, in steps of a fifth from a microsecond up, by the number of the step:
 * enough for a median, and small in a record. `{ '13': 2, '40': 1 }` is twice 10 µs and once 1 ms.
 */
export type Spread = Record<string, number>

const stepsPerDoubling = 4

export function noteCost(spread: Spread, ms: number): void {
  // less than a microsecond is as much as one
  const step = Math.max(0, Math.round(Math.log2(ms * 1000) * stepsPerDoubling))
  spread[step] = (spread[step] ?? 0) + 1
}

/** Milliseconds, to within a tenth; undefined where nothing was noted. */
export function medianCost(spreads: readonly (Spread | undefined)[]): number | undefined {
  const sum = new Map<number, number>()
  let all = 0
  for (const spread of spreads) {
    for (const [step, times] of Object.entries(spread ?? {})) {
      sum.set(Number(step), (sum.get(Number(step)) ?? 0) + times)
      all += times
    }
  }
  let seen = 0
  for (const [step, times] of [...sum].sort(([a], [b]) => a - b)) {
    seen += times
    if (seen * 2 >= all) return 2 ** (step / stepsPerDoubling) / 1000
  }
  return undefined
}
