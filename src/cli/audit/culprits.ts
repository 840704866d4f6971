/** Plugins with which something is not as in a plain build. */
export interface Culprits {
  /** One plugin; several where only together they make a difference; none when it was seen only once. */
  readonly plugins: readonly string[]
  readonly seen: string
}

export interface Suspected {
  readonly suspects: readonly string[]
  /** What was seen when all of them are remembered; undefined when nothing. */
  readonly seen: string | undefined
  /** The same for some of them. */
  readonly differs: (plugins: readonly string[]) => Promise<string | undefined>
}

/**
 * Finds which of many plugins make a difference by trying half of them at a time, a few
 * builds for each that does. Ends when a build with all the others made none.
 */
export async function findCulprits({ suspects, seen, differs }: Suspected): Promise<Culprits[]> {
  if (seen === undefined || suspects.length === 0) return []
  const bare = await differs([])
  if (bare !== undefined) {
    return [{ plugins: suspects, seen: `even when nothing is remembered, ${bare}` }]
  }
  const found: Culprits[] = []
  let left = suspects
  let still: string | undefined = seen
  for (let round = 1; still !== undefined && left.length > 0; round++) {
    // what comes and goes can't be put down to fewer
    const more =
      round > mostRounds ? [{ plugins: left, seen: still }] : await halve(left, still, differs)
    found.push(...more)
    const guilty = new Set(more.flatMap(({ plugins }) => plugins))
    left = left.filter((name) => !guilty.has(name))
    still = left.length > 0 ? await differs(left) : undefined
  }
  return found.length > 0 ? found : [{ plugins: [], seen }]
}

const mostRounds = 3

async function halve(
  plugins: readonly string[],
  seen: string,
  differs: Suspected['differs'],
): Promise<Culprits[]> {
  if (plugins.length === 1) return [{ plugins, seen }]
  const middle = Math.ceil(plugins.length / 2)
  const found: Culprits[] = []
  for (const half of [plugins.slice(0, middle), plugins.slice(middle)]) {
    const inHalf = await differs(half)
    if (inHalf !== undefined) found.push(...(await halve(half, inHalf, differs)))
  }
  if (found.length > 0) return found
  const again = await differs(plugins)
  return again === undefined ? [] : [{ plugins, seen: again }]
}
