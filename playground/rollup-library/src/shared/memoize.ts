interface Options<A extends unknown[]> {
  key?: (...args: A) => unknown
  limit?: number
}

/** Remembers the latest results; the oldest go first. */
export function memoize<A extends unknown[], R>(
  compute: (...args: A) => R,
  { key = (...args) => args[0], limit = 100 }: Options<A> = {},
): (...args: A) => R {
  const results = new Map<unknown, R>()
  return (...args) => {
    const name = key(...args)
    if (results.has(name)) return results.get(name)!
    const result = compute(...args)
    results.set(name, result)
    if (results.size > limit) results.delete(results.keys().next().value)
    return result
  }
}
