import { invariant } from '../../shared/errors'

export function chunk<T>(items: readonly T[], size: number): T[][] {
  invariant(size > 0, 'bad_size', 'Chunks need a positive size')
  const chunks: T[][] = []
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size))
  }
  return chunks
}

export function groupBy<T, K>(items: Iterable<T>, pick: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = pick(item)
    const group = groups.get(key) ?? []
    group.push(item)
    groups.set(key, group)
  }
  return groups
}

export function partition<T>(items: Iterable<T>, test: (item: T) => boolean): [T[], T[]] {
  const yes: T[] = []
  const no: T[] = []
  for (const item of items) (test(item) ? yes : no).push(item)
  return [yes, no]
}

export function uniqueBy<T>(items: Iterable<T>, pick: (item: T) => unknown): T[] {
  const seen = new Set<unknown>()
  return [...items].filter((item) => {
    const key = pick(item)
    return seen.has(key) ? false : Boolean(seen.add(key))
  })
}
