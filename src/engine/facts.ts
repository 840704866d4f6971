import type { KeyDigest } from '../key/index.ts'
import { type Pack, rowName, rowVariant, type Store } from '../store/index.ts'
import { asBuildRecord, type BuildRecord, rowsOfBitmap, usesNow } from './builds.ts'
import { sortedUnique } from './codec.ts'
import type { Entry } from './entry.ts'
import type { Session } from './session.ts'
import type { State } from './state.ts'
import type { EntryFacts } from './types.ts'

/** What came after an entry was made; folded from records, in any order. */
export interface Touches {
  readonly uses: Map<string, { hits: number; lastUsed: number }>
  readonly tags: Map<KeyDigest, Set<string>>
}

export function noTouches(): Touches {
  return { uses: new Map(), tags: new Map() }
}

export function addUse(
  { uses }: Touches,
  key: KeyDigest,
  variant: string,
  hits: number,
  usedAt: number,
): void {
  const name = `${key}:${variant}`
  const known = uses.get(name)
  if (known === undefined) uses.set(name, { hits, lastUsed: usedAt })
  else {
    known.hits += hits
    known.lastUsed = Math.max(known.lastUsed, usedAt)
  }
}

export function addTag({ tags }: Touches, key: KeyDigest, tag: string): void {
  const known = tags.get(key)
  if (known === undefined) tags.set(key, new Set([tag]))
  else known.add(tag)
}

/** Folds the record of a finished session. Rows of packs that are gone are left out. */
function addRecord(touches: Touches, record: BuildRecord, packs: ReadonlyMap<string, Pack>): void {
  for (const [sha, bitmap] of Object.entries(record.used)) {
    const pack = packs.get(sha)
    if (pack === undefined) continue
    const counts = countsOf(record.hits[sha] ?? [])
    for (const index of rowsOfBitmap(bitmap)) {
      if (index >= pack.count) continue
      const key = rowName(pack.rows, index) as KeyDigest
      const variant = rowVariant(pack.rows, index)
      addUse(touches, key, variant, counts.get(index) ?? 1, record.endedAt)
    }
  }
  for (const [tag, keys] of Object.entries(record.tags)) {
    for (const key of keys) addTag(touches, key, tag)
  }
}

export function countsOf(pairs: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (let i = 0; i + 1 < pairs.length; i += 2)
    counts.set(pairs[i] as number, pairs[i + 1] as number)
  return counts
}

/** Folds a session of this process that has no record yet. */
export function addSession(touches: Touches, state: State, session: Session, now: number): void {
  for (const [pack, rows] of usesNow(state, session)) {
    for (const [index, hits] of rows) {
      const key = rowName(pack.rows, index) as KeyDigest
      addUse(touches, key, rowVariant(pack.rows, index), hits, now)
    }
  }
  for (const [tag, keys] of session.tags) for (const key of keys) addTag(touches, key, tag)
}

/** Folds the records with these ids; gives those that are records. */
export function addRecords(touches: Touches, store: Store, ids: Iterable<string>): string[] {
  const packs = new Map(store.view.packs.map((pack) => [pack.sha, pack]))
  const folded: string[] = []
  for (const id of ids) {
    const record = asBuildRecord(store.builds.read(id))
    if (record === undefined) continue
    addRecord(touches, record, packs)
    folded.push(id)
  }
  return folded
}

/** What is known of an entry. */
export function factsOf(entry: Entry, variant: string, { uses, tags }: Touches): EntryFacts {
  const { key, namespace, label, createdAt, computeMs, build, size, note } = entry
  const use = uses.get(`${key}:${variant}`)
  return {
    key,
    namespace,
    label,
    createdAt,
    computeMs,
    build,
    size,
    tags: sortedUnique([...entry.tags, ...(tags.get(key) ?? [])]),
    hits: use?.hits ?? 0,
    lastUsed: Math.max(createdAt, use?.lastUsed ?? 0),
    note,
  }
}
