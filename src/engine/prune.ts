import { hasManySmallPacks, planCompaction } from './compact.ts'
import type { KeyDigest } from '../key/index.ts'
import { readDropped, type Dropped, type DroppedKeys } from './dropped.ts'
import { takeInventory, withinLimits, type Item } from './inventory.ts'
import { holdState } from './shared.ts'
import type { State } from './state.ts'
import type { OnProgress } from '../store/index.ts'
import { storedTouches } from './storedTouches.ts'

export interface PruneOptions {
  readonly dir: string
  /** Bytes; the least recently used entries go first. @default 2 GiB */
  readonly maxSize?: number | undefined
  /** Milliseconds since last use. @default 30 days */
  readonly maxAge?: number | undefined
  /** Drops all else, whatever its age, and leaves no byte of it behind. */
  readonly only?: Only | undefined
  readonly onProgress?: OnProgress | undefined
  /** Milliseconds since 1970, for tests. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** An entry, as `only` is asked for it. */
export interface Kept {
  readonly key: KeyDigest
  /** Tells entries of one key apart. */
  readonly variant: string
  /** Milliseconds since 1970. */
  readonly lastUsed: number
}

/** What may stay. */
export interface Only {
  readonly entry: (entry: Kept) => boolean
  /** Of build records, by id. */
  readonly build: (id: string) => boolean
}

/** What pruning did. */
export interface Pruned {
  /** `skipped`: another compaction came first, or the store can't be written; nothing was changed. */
  readonly status: 'done' | 'skipped'
  readonly droppedEntries: number
  readonly packs: number
  /** Bytes of all packs. */
  readonly size: number
  readonly sizeBefore: number
}

const DEFAULT_MAX_SIZE = 2 * 1024 ** 3
const DEFAULT_MAX_AGE = 30 * 24 * 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000
/** More build records than this since the last time are folded, which makes reading facts fast again. */
const MAX_RECORDS = 250
/** Build records kept whatever their age. */
const KEPT_RECORDS = 50

/** Drops what was not used for long or does not fit, and merges packs. Safe beside running builds; never throws. */
export async function prune(options: PruneOptions): Promise<Pruned> {
  const hold = await holdState(options.dir)
  try {
    const { state } = hold
    if (state.store.view.packs.length > 0) await state.startWriting()
    await state.pending.flush()
    return await pruneState(state, options)
  } finally {
    hold.release()
  }
}

/** Prunes an open store; runs of one process follow each other. */
export async function pruneState(
  state: State,
  {
    maxSize = DEFAULT_MAX_SIZE,
    maxAge = DEFAULT_MAX_AGE,
    only,
    now = Date.now,
    onProgress,
  }: Omit<PruneOptions, 'dir'>,
  /** Keys whose entries were withdrawn before. */
  cleared: Iterable<KeyDigest> = [],
): Promise<Pruned> {
  const { store } = state
  let droppedEntries = 0
  let outdated: readonly string[] = []
  const sizeBefore = sizeOf(state)
  const result = await store.replace(() => {
    const { touches, records } = storedTouches(state)
    if (!isSettled(state)) return undefined
    // Below the limit, so that the next build does not exceed it again.
    const target = sizeBefore > maxSize ? maxSize * 0.9 : maxSize
    const limits = { maxSize: target, maxAge, now: now() }
    const all = takeInventory(state, touches, onProgress)
    const within = withinLimits(state, all, limits)
    const items = only ? within.filter((item) => only.entry(item)) : within
    droppedEntries = all.length - items.length
    outdated = only
      ? records.filter((id) => !only.build(id))
      : records.slice(0, -KEPT_RECORDS).filter((id) => timeOf(id) < limits.now - maxAge)
    const dropped = droppedNow(readDropped(state), limits.now, cleared, all, items)
    // no size is small enough for what nobody needs
    const maxBytes = only ? 0 : target
    return planCompaction(state, { items, touches, folded: records, dropped, maxSize: maxBytes })
  })
  const done = result === 'done'
  for (const id of done ? outdated : []) await store.builds.remove(id)
  return {
    status: done ? 'done' : 'skipped',
    droppedEntries: done ? droppedEntries : 0,
    packs: store.view.packs.length,
    size: sizeOf(state),
    sizeBefore,
  }
}

/** Keys without an entry, with those that went earlier and did not come back. */
function droppedNow(
  before: DroppedKeys,
  at: number,
  cleared: Iterable<KeyDigest>,
  all: readonly Item[],
  kept: readonly Item[],
): DroppedKeys {
  const dropped = new Map<KeyDigest, Dropped>(before)
  for (const key of cleared) dropped.set(key, { at, why: 'cleared' })
  for (const { key } of all) dropped.set(key, { at, why: 'pruned' })
  for (const { key } of kept) dropped.delete(key)
  return dropped
}

/** False while a pack has no place in the order yet, or can't be read. */
function isSettled({ store: { view } }: State): boolean {
  const { order, packs, unreadable } = view
  const numbered = new Set(order.ranked.map(({ sha }) => sha))
  return order.isWhole && unreadable.size === 0 && packs.every(({ sha }) => numbered.has(sha))
}

/** True when a look at the number, size and age of the packs says that pruning is worth its time. */
export function isPruneDue(
  { store }: State,
  { maxSize = DEFAULT_MAX_SIZE, now = Date.now }: Omit<PruneOptions, 'dir'>,
): boolean {
  const { packs } = store.view
  if (packs.length === 0) return false
  if (hasManySmallPacks(packs)) return true
  if (packs.reduce((size, pack) => size + pack.size, 0) > maxSize) return true
  const since = store.prunedAt()
  if (since === undefined) return false
  // the clock was ahead then: by it, nothing would be due for years
  if (since - now() > DAY) return true
  const unfolded = store.builds.list().filter((id) => timeOf(id) > since)
  return now() - since > DAY || unfolded.length > MAX_RECORDS
}

function sizeOf({ store }: State): number {
  return store.view.packs.reduce((size, pack) => size + pack.size, 0)
}

/** Milliseconds since 1970 of a build id such as `2025-06-01T10-20-30.400Z-9f86d081`; 0 for other names. */
function timeOf(id: string): number {
  const time = id.slice(0, 24).replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:')
  return Date.parse(time) || 0
}
