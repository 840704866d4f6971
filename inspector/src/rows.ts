import type { CallState, RunReport } from '../../src/report/model/index.ts'
import { idParts, type IdParts } from './format.ts'
import type { Filter } from './route.ts'

/** A module as a row of the list. */
export interface Row {
  readonly id: string
  readonly parts: IdParts
  /** What is searched: the id in lower case. */
  readonly text: string
  readonly state: CallState
  readonly calls: number
  readonly reused: number
  readonly plugins: readonly string[]
  /** Why it is not all reused: the causes of its calls, each once. */
  readonly causes: readonly string[]
  /** What its calls cost in this run. */
  readonly spentMs: number
  readonly savedMs: number
  readonly size: number
}

/** The most telling state of a module's calls, for its row. */
const order: readonly CallState[] = ['new', 'not stored', 'gone', 'reused']

/** The root of the builds, when they have one. */
export function rootOf({ builds }: RunReport): string {
  const roots = new Set(builds.map(({ root }) => root))
  return roots.size === 1 ? builds[0]!.root : '<root>/'
}

export function rowsOf(run: RunReport): Row[] {
  const root = rootOf(run)
  return run.modules.map(({ id, calls }) => {
    const states = new Set(calls.map((call) => call.state))
    let [reused, spentMs, savedMs, size] = [0, 0, 0, 0]
    for (const call of calls) {
      const ms = call.computeMs ?? 0
      size += call.size ?? 0
      if (call.state === 'reused') reused++
      if (call.state === 'new') spentMs += ms
      savedMs += ms * call.uses
    }
    return {
      id,
      parts: idParts(id, root),
      text: id.toLowerCase(),
      state: order.find((state) => states.has(state)) ?? 'reused',
      calls: calls.length,
      reused,
      plugins: [...new Set(calls.map((call) => call.plugin))],
      causes: [...new Set(calls.flatMap((call) => call.cause ?? []))],
      spentMs,
      savedMs,
      size,
    }
  })
}

export const columns = ['id', 'state', 'spent', 'saved', 'size'] as const
export type Column = (typeof columns)[number]

export function filtered(rows: readonly Row[], { q, plugin, state, cause }: Filter): Row[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(
    (row) =>
      (!state || row.state === state) &&
      (!plugin || row.plugins.includes(plugin)) &&
      (!cause || row.causes.includes(cause)) &&
      words.every((word) => row.text.includes(word)),
  )
}

export function sorted(rows: readonly Row[], sort: string): Row[] {
  const descending = sort.startsWith('-')
  const by = values[sort.replace('-', '') as Column] ?? values.id
  const compare = (a: Row, b: Row): number => {
    const [x, y] = [by(a), by(b)]
    return x < y ? -1 : x > y ? 1 : 0
  }
  return rows.toSorted(descending ? (a, b) => compare(b, a) : compare)
}

const values: Readonly<Record<Column, (row: Row) => number | string>> = {
  id: ({ text }) => text,
  state: ({ state, causes }) => order.indexOf(state) + (causes[0] ?? ''),
  spent: ({ spentMs }) => spentMs,
  saved: ({ savedMs }) => savedMs,
  size: ({ size }) => size,
}

/** What can be chosen of a field, most rows first. */
export function choices(
  rows: readonly Row[],
  of: (row: Row) => readonly string[],
): [string, number][] {
  const counts = new Map<string, number>()
  for (const row of rows) for (const one of of(row)) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}
