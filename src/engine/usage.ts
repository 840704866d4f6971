import type { KeyDigest } from '../key/index.ts'
import { allClaims, claimName, rowName, rowVariant, type Pack } from '../store/index.ts'
import { rowsOfBitmap, type BuildRecord } from './builds.ts'
import { countsOf, factsOf } from './facts.ts'
import { entryOf } from './pending.ts'
import { holdState } from './shared.ts'
import type { State } from './state.ts'
import { storedTouches } from './storedTouches.ts'
import type { EntryFacts } from './types.ts'

/** An entry in one build. */
export interface UsedEntry extends EntryFacts {
  /** Tells the entries of one key apart, which have other inputs each. */
  readonly variant: string
  /** Id of the record of that build. */
  readonly usedBy: string
  /** Times it was reused. */
  readonly uses: number
  /** The build stored it. */
  readonly isNew: boolean
}

/** What a store holds, and which of it some builds used. */
export interface StoreUsage {
  readonly packs: number
  /** Bytes of all packs. */
  readonly size: number
  readonly entries: number
  readonly used: readonly UsedEntry[]
}

/** Tells which entries some builds reused or stored. Entries that are gone since are left out. Never throws. */
export async function readUsage(dir: string, records: readonly BuildRecord[]): Promise<StoreUsage> {
  const hold = await holdState(dir)
  try {
    const { state } = hold
    const { store, codec } = state
    const { touches } = storedTouches(state)
    const builds = records.map((record) => ({ record, ...usesIn(state, record) }))
    const seen = new Set<string>()
    const used: UsedEntry[] = []
    for (const row of allClaims(store.view)) {
      const name = claimName(row)
      if (seen.has(name)) continue
      const entry = entryOf(store, codec, row)
      if (entry === undefined) continue
      seen.add(name)
      const variant = rowVariant(row.pack.rows, row.index)
      const facts = factsOf(entry, variant, touches)
      for (const { record, counts, isWhole } of builds) {
        // a compaction folds what was used, and keeps the time of the record
        const folded = !isWhole && facts.hits > 0 && facts.lastUsed === record.endedAt ? 1 : 0
        const uses = counts.get(nameOf(entry.key, variant)) ?? folded
        const isNew = entry.build === record.id
        if (uses > 0 || isNew) used.push({ ...facts, variant, usedBy: record.id, uses, isNew })
      }
    }
    const { packs } = store.view
    const size = packs.reduce((sum, pack) => sum + pack.size, 0)
    return { packs: packs.length, size, entries: seen.size, used }
  } finally {
    hold.release()
  }
}

/** By key and variant; not whole when packs that the record names are gone. */
function usesIn(
  { store }: State,
  { used, hits }: BuildRecord,
): { readonly counts: ReadonlyMap<string, number>; readonly isWhole: boolean } {
  const packs = new Map<string, Pack>(store.view.packs.map((pack) => [pack.sha, pack]))
  const counts = new Map<string, number>()
  let isWhole = true
  for (const [sha, bitmap] of Object.entries(used)) {
    const pack = packs.get(sha)
    if (pack === undefined) {
      isWhole = false
      continue
    }
    const often = countsOf(hits[sha] ?? [])
    for (const index of rowsOfBitmap(bitmap)) {
      if (index >= pack.count) continue
      const name = nameOf(rowName(pack.rows, index) as KeyDigest, rowVariant(pack.rows, index))
      counts.set(name, (counts.get(name) ?? 0) + (often.get(index) ?? 1))
    }
  }
  return { counts, isWhole }
}

function nameOf(key: KeyDigest, variant: string): string {
  return `${key}:${variant}`
}
