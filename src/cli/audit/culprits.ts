/** Plugins without which all is well, and what is not with them. */
export interface Culprits {
  /** One plugin; several where only together they make a difference. */
  readonly plugins: readonly string[]
  readonly seen: string
}

/**
 * Finds which of many plugins make a difference by trying half of them at a time: a few
 * builds for each that does.
 *
 * @param differs what is seen when only these are remembered; undefined when nothing
 */
export async function findCulprits(
  plugins: readonly string[],
  seen: string,
  differs: (plugins: readonly string[]) => Promise<string | undefined>,
): Promise<Culprits[]> {
  if (plugins.length <= 1) return [{ plugins, seen }]
  const middle = Math.ceil(plugins.length / 2)
  const found: Culprits[] = []
  for (const half of [plugins.slice(0, middle), plugins.slice(middle)]) {
    const inHalf = await differs(half)
    if (inHalf !== undefined) found.push(...(await findCulprits(half, inHalf, differs)))
  }
  return found.length > 0 ? found : [{ plugins, seen }]
}
