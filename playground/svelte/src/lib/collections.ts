export function sumBy<T>(rows: readonly T[], pick: (row: T) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0)
}

export function averageBy<T>(rows: readonly T[], pick: (row: T) => number): number {
  return rows.length === 0 ? 0 : sumBy(rows, pick) / rows.length
}

export function maxBy<T>(rows: readonly T[], pick: (row: T) => number): number {
  return rows.reduce((best, row) => Math.max(best, pick(row)), 0)
}

export function groupBy<T>(rows: readonly T[], pick: (row: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = pick(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups]
}

/** A copy, ordered by one picked value. */
export function orderBy<T>(
  rows: readonly T[],
  pick: (row: T) => string | number | boolean,
  ascending = true,
): T[] {
  const sign = ascending ? 1 : -1
  return [...rows].sort((a, b) => {
    const left = pick(a)
    const right = pick(b)
    if (left === right) return 0
    return left < right ? -sign : sign
  })
}

export function matches(query: string, ...values: readonly string[]): boolean {
  const needle = query.trim().toLowerCase()
  return needle === '' || values.some((value) => value.toLowerCase().includes(needle))
}
