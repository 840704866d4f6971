import type { Digest, KeyDigest } from '../key/index.ts'
import {
  allClaims,
  claimName,
  type OnProgress,
  type Pack,
  ROW_SIZE,
  type Row,
  rowLength,
  rowVariant,
} from '../store/index.ts'
import { factsOf, type Touches } from './facts.ts'
import { entryOf } from './pending.ts'
import { createUsable, newlyReached, type ReachedFrom } from './reach.ts'
import type { State } from './state.ts'

/** A live entry, what it refers to, and when it was last of use. */
export interface Item extends ReachedFrom {
  readonly row: Row
  readonly key: KeyDigest
  readonly variant: string
  readonly lastUsed: number
}

export interface Limits {
  /** Bytes. */
  readonly maxSize: number
  /** Milliseconds since last use. */
  readonly maxAge: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Every entry that a look-up could use, in the order of the store. */
export function takeInventory(
  state: State,
  touches: Touches,
  onProgress: OnProgress = () => {},
): Item[] {
  const isUsable = createUsable(state)
  const items: Item[] = []
  const seen = new Set<string>()
  const total = state.store.view.packs.reduce((rows, pack) => rows + pack.count, 0)
  let done = 0
  for (const row of allClaims(state.store.view)) {
    if (++done % 500 === 0) onProgress(done, total)
    if (seen.has(claimName(row))) continue
    const entry = entryOf(state.store, state.codec, row)
    if (entry === undefined || !isUsable(entry)) continue
    seen.add(claimName(row))
    const { key, outcome, sets } = entry
    const variant = rowVariant(row.pack.rows, row.index)
    const { lastUsed } = factsOf(entry, variant, touches)
    items.push({ row, key, variant, lastUsed, outcome, sets })
  }
  return items
}

/** The items that stay within the limits, the most recently used first to stay. Order is kept. */
export function withinLimits(
  state: State,
  items: readonly Item[],
  { maxAge, maxSize, now }: Limits,
): Item[] {
  const newestFirst = items
    .filter(({ lastUsed }) => now - lastUsed <= maxAge)
    .sort((a, b) => b.lastUsed - a.lastUsed)
  const kept = new Set<Item>()
  const reached = new Set<Digest>()
  let size = 0
  for (const item of newestFirst) {
    size += rowCost(item.row)
    for (const name of newlyReached(state, item, reached)) size += blobCost(state, name)
    if (size > maxSize) break
    kept.add(item)
  }
  return items.filter((item) => kept.has(item))
}

/** Bytes of each pack that the items need; of several copies of a blob the one a look-up finds counts. */
export function neededBytes(state: State, items: readonly Item[]): Map<Pack, number> {
  const bytes = new Map<Pack, number>()
  const reached = new Set<Digest>()
  const add = (row: Row): void => {
    bytes.set(row.pack, (bytes.get(row.pack) ?? 0) + rowCost(row))
  }
  for (const item of items) {
    add(item.row)
    for (const name of newlyReached(state, item, reached)) {
      const row = state.store.blob(name)
      if (row !== undefined) add(row)
    }
  }
  return bytes
}

function blobCost({ store }: State, name: Digest): number {
  const row = store.blob(name)
  return row === undefined ? 0 : rowCost(row)
}

function rowCost({ pack, index }: Row): number {
  return rowLength(pack.rows, index) + ROW_SIZE
}
