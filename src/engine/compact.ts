import type { Digest } from '../key/index.ts'
import {
  type Draft,
  FACTS_NAME,
  KIND,
  NO_VARIANT,
  type Pack,
  type Replacement,
  rowKind,
  rowName,
  rowVariant,
} from '../store/index.ts'
import { draftDropped, type DroppedKeys } from './dropped.ts'
import type { Touches } from './facts.ts'
import { encodeFacts } from './factsTable.ts'
import { type Item, neededBytes } from './inventory.ts'
import { entryOf } from './pending.ts'
import { newlyReached } from './reach.ts'
import type { State } from './state.ts'

/** More small packs than this, and they are merged. */
const MAX_SMALL_PACKS = 64
/** Packs below this size are small, in bytes. */
const SMALL_PACK = 16 * 1024 * 1024
/** New packs are closed at this size, in bytes. */
const FULL_PACK = 32 * 1024 * 1024

export interface CompactionInput {
  /** What stays, in the order of the store. */
  readonly items: readonly Item[]
  readonly touches: Touches
  /** Ids of the build records that are folded into the touches and stay in `builds/`. */
  readonly folded: readonly string[]
  /** Keys that are gone, with those that went earlier. */
  readonly dropped: DroppedKeys
  /** Bytes that the packs may have together. */
  readonly maxSize: number
}

/** Which packs stay as they are, and what the new ones hold. */
export function planCompaction(state: State, input: CompactionInput): Replacement {
  const keep = packsToKeep(state, input)
  return {
    parts: partsOf(state, keep, input),
    *references(pack) {
      for (let index = 0; index < pack.count; index++) {
        if (rowKind(pack.rows, index) !== KIND.claim) continue
        const entry = entryOf(state.store, state.codec, { pack, index })
        if (entry !== undefined) yield* newlyReached(state, entry, new Set())
      }
    },
  }
}

/** True when so many small packs have come together that opening them all takes time. */
export function hasManySmallPacks(packs: readonly Pack[]): boolean {
  return packs.filter(({ size }) => size < SMALL_PACK).length > MAX_SMALL_PACKS
}

/**
 * A pack stays when most of it is needed. Packs with withdrawals or with what
 * they void are always merged: neither must ever be there without the other.
 */
function packsToKeep(state: State, { items, maxSize }: CompactionInput): Set<Pack> {
  const { packs } = state.store.view
  const needed = neededBytes(state, items)
  const passing = passingPacks(state)
  const garbage = (pack: Pack): number => 1 - (needed.get(pack) ?? 0) / pack.size
  const firstSmall = packs.findIndex(({ size }) => size < SMALL_PACK)
  const end = hasManySmallPacks(packs) ? firstSmall : packs.length
  const keep = new Set(
    packs.slice(0, end).filter((pack) => !passing.has(pack) && garbage(pack) <= 0.5),
  )
  const sizeOf = (pack: Pack): number => (keep.has(pack) ? pack.size : (needed.get(pack) ?? 0))
  let size = packs.reduce((sum, pack) => sum + sizeOf(pack), 0)
  for (const pack of [...keep].sort((a, b) => garbage(b) - garbage(a))) {
    if (size <= maxSize) break
    keep.delete(pack)
    size -= pack.size - sizeOf(pack)
  }
  return keep
}

/** Packs with withdrawals, with claims of the names they withdraw, or with facts. */
function passingPacks({ store }: State): Set<Pack> {
  const names = new Set<string>()
  const found = new Set<Pack>()
  const visit = (use: (pack: Pack, kind: number, name: string) => void): void => {
    for (const pack of store.view.packs) {
      for (let index = 0; index < pack.count; index++) {
        const kind = rowKind(pack.rows, index)
        if (kind !== KIND.blob) use(pack, kind, rowName(pack.rows, index))
      }
    }
  }
  visit((pack, kind, name) => {
    if (kind === KIND.withdrawal) names.add(name)
    if (kind === KIND.withdrawal || kind === KIND.facts) found.add(pack)
  })
  if (names.size > 0) {
    visit((pack, _kind, name) => {
      if (names.has(name)) found.add(pack)
    })
  }
  return found
}

/** The packs that stay and new ones between them: no claim changes its place before or after another. */
function* partsOf(
  state: State,
  keep: ReadonlySet<Pack>,
  { items, touches, folded, dropped }: CompactionInput,
): Iterable<Pack | readonly Draft[]> {
  const held = blobNames(keep)
  const reached = new Set<Digest>()
  const kept = state.store.view.packs.filter((pack) => keep.has(pack))
  const facts = encodeFacts(state.codec, liveTouches(items, touches), folded)
  let drafts: Draft[] = []
  let size = 0

  for (const item of items) {
    const { pack } = item.row
    while (kept[0] !== undefined && kept[0].rank <= pack.rank) {
      if (drafts.length > 0) yield drafts
      drafts = []
      size = 0
      yield kept.shift() as Pack
    }
    for (const draft of draftsOf(state, item, keep.has(pack), held, reached)) {
      drafts.push(draft)
      size += draft.bytes.length
    }
    if (size < FULL_PACK) continue
    yield drafts
    drafts = []
    size = 0
  }
  if (drafts.length > 0) yield drafts
  yield* kept
  yield [
    { kind: KIND.facts, name: FACTS_NAME, variant: NO_VARIANT, bytes: facts, ahead: false },
    ...draftDropped(state.codec, dropped),
  ]
}

/** The records that an item needs in a new pack. */
function* draftsOf(
  state: State,
  item: Item,
  stays: boolean,
  held: ReadonlySet<Digest>,
  reached: Set<Digest>,
): Iterable<Draft> {
  const { pack, index } = item.row
  const blobs = [...newlyReached(state, item, reached)].filter((name) => !held.has(name))
  if (!stays) {
    const read = state.store.read(item.row)
    if (read === undefined) return
    const bytes = Buffer.from(read.bytes)
    const ahead = blobs[0] === item.outcome
    yield { kind: KIND.claim, name: item.key, variant: rowVariant(pack.rows, index), bytes, ahead }
  }
  for (const name of blobs) {
    const content = state.store.content(name)
    if (content === undefined) continue
    const bytes = Buffer.from(content)
    yield { kind: KIND.blob, name, variant: NO_VARIANT, bytes, ahead: false }
  }
}

function blobNames(packs: Iterable<Pack>): Set<Digest> {
  const names = new Set<Digest>()
  for (const { count, rows } of packs) {
    for (let index = 0; index < count; index++) {
      if (rowKind(rows, index) === KIND.blob) names.add(rowName(rows, index))
    }
  }
  return names
}

/** Touches of what stays; those of dropped entries go with them. */
function liveTouches(items: readonly Item[], { uses, tags }: Touches): Touches {
  const names = new Set(items.map(({ key, variant }) => `${key}:${variant}`))
  const keys = new Set(items.map(({ key }) => key))
  return {
    uses: new Map([...uses].filter(([name]) => names.has(name))),
    tags: new Map([...tags].filter(([key]) => keys.has(key))),
  }
}
