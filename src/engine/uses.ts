import type { KeyDigest } from '../key/index.ts'
import { allClaims, claimName, rowName, rowVariant, type Pack } from '../store/index.ts'
import { rowsOfBitmap, type BuildRecord } from './builds.ts'
import { inputsOf } from './details.ts'
import type { Entry } from './entry.ts'
import { countsOf, factsOf } from './facts.ts'
import { entryOf } from './pending.ts'
import { holdState } from './shared.ts'
import type { State } from './state.ts'
import { storedTouches } from './storedTouches.ts'
import type { EntryFacts, Input } from './types.ts'

/** An entry in one build. */
export interface UsedEntry extends EntryFacts {
  /** Tells entries of one key apart: by what their computations observed. */
  readonly variant: string
  /** Times the build reused it. */
  readonly uses: number
  /** The build stored it. */
  readonly isNew: boolean
  /** What its computation observed, and what it shares with others. For as long as the store is open. */
  inputs(): readonly Input[]
}

/** What a build used, as far as it is known yet. */
export interface BuildUses {
  /** In the order of the store. Entries that are gone since are left out. */
  readonly entries: readonly UsedEntry[]
  /** False when packs that the build used were merged since, or dropped. */
  readonly isWhole: boolean
}

/** A store, opened to see which builds used what. */
export interface UsesReader {
  readonly packs: number
  /** Bytes of all packs. */
  readonly size: number
  readonly entries: number
  of(build: BuildRecord): BuildUses
  close(): void
}

/** Never throws. */
export async function openUses(dir: string): Promise<UsesReader> {
  const hold = await holdState(dir)
  const { state } = hold
  state.store.refresh()
  const { touches } = storedTouches(state)
  const stored = storedEntries(state)
  const { packs } = state.store.view

  return {
    packs: packs.length,
    size: packs.reduce((sum, pack) => sum + pack.size, 0),
    entries: stored.length,
    of(build) {
      const { counts, isWhole } = countsIn(packs, build)
      const entries: UsedEntry[] = []
      for (const { entry, variant } of stored) {
        const facts = factsOf(entry, variant, touches)
        // a compaction folds what was used, and keeps the time of the record
        const folded = !isWhole && facts.hits > 0 && facts.lastUsed === build.endedAt ? 1 : 0
        const uses = counts.get(nameOf(entry.key, variant)) ?? folded
        const isNew = entry.build === build.id
        if (uses === 0 && !isNew) continue
        const inputs = (): Input[] => [
          ...entry.inputs,
          ...entry.sets.flatMap((set) => inputsOf(state, set)),
        ]
        entries.push({ ...facts, variant, uses, isNew, inputs })
      }
      return { entries, isWhole }
    },
    close: () => hold.release(),
  }
}

/** Several packs may hold the same entry. */
function storedEntries({ store, codec }: State): { entry: Entry; variant: string }[] {
  const seen = new Set<string>()
  const stored: { entry: Entry; variant: string }[] = []
  for (const row of allClaims(store.view)) {
    const name = claimName(row)
    if (seen.has(name)) continue
    const entry = entryOf(store, codec, row)
    if (entry === undefined) continue
    seen.add(name)
    stored.push({ entry, variant: rowVariant(row.pack.rows, row.index) })
  }
  return stored
}

/** How often a build reused what, by key and variant; not whole when packs that its record names are gone. */
export function countsIn(
  packs: readonly Pack[],
  { used, hits }: BuildRecord,
): { readonly counts: ReadonlyMap<string, number>; readonly isWhole: boolean } {
  const bySha = new Map<string, Pack>(packs.map((pack) => [pack.sha, pack]))
  const counts = new Map<string, number>()
  let isWhole = true
  for (const [sha, bitmap] of Object.entries(used)) {
    const pack = bySha.get(sha)
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
