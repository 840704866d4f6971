/** The name that somebody may have meant; nothing when none is like it. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const begun = names.filter((name) => typed.length > 1 && name.startsWith(typed))
  if (begun.length === 1) return begun[0]
  const most = Math.max(1, Math.floor(typed.length / 3))
  const [best] = names
    .map((name) => ({ name, steps: stepsBetween(typed, name) }))
    .filter(({ steps }) => steps <= most)
    .sort((a, b) => a.steps - b.steps)
  return best?.name
}

/** Letters to add, to drop, to change or to swap with the next one. */
function stepsBetween(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? before[j - 2]! + 1 : Infinity
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1, swap))
    }
    before = row
    row = next
  }
  return row[b.length]!
}
