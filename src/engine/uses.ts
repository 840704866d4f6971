import type { KeyDigest } from '../key/index.ts'
import { allClaims, rowVariant } from '../store/index.ts'
import { rowsOfBitmap, type BuildRecord } from './builds.ts'
import { inputsOf } from './details.ts'
import { entryOf } from './pending.ts'
import { holdState } from './shared.ts'
import type { Input } from './types.ts'

/** An entry that a build reused or stored. */
export interface UsedEntry {
  readonly key: KeyDigest
  /** Tells entries of one key apart: by what their computations observed. */
  readonly variant: string
  readonly namespace: string
  readonly label: string
  /** What its computation observed, and what it shares with others. For as long as the store is open. */
  inputs(): readonly Input[]
}

/** What builds used, as far as it is known yet. */
export interface BuildUses {
  readonly entries: readonly UsedEntry[]
  /** False when packs that one of the builds used were merged since, or dropped. */
  readonly isWhole: boolean
}

/** A store, opened to see which builds used what. */
export interface UsesReader {
  /** The entries that builds reused or stored, in the order of the store. */
  of(builds: readonly BuildRecord[]): BuildUses
  close(): void
}

/** Never throws. */
export async function openUses(dir: string): Promise<UsesReader> {
  const hold = await holdState(dir)
  const { state } = hold
  const { store, codec } = state
  store.refresh()

  return {
    of(builds) {
      const ids = new Set(builds.map(({ id }) => id))
      const used = new Map<string, Set<number>>()
      for (const [sha, bitmap] of builds.flatMap((record) => Object.entries(record.used))) {
        const rows = used.get(sha) ?? new Set()
        for (const row of rowsOfBitmap(bitmap)) rows.add(row)
        used.set(sha, rows)
      }
      const entries: UsedEntry[] = []
      for (const row of allClaims(store.view)) {
        const isUsed = used.get(row.pack.sha)?.has(row.index) === true
        const entry = entryOf(store, codec, row)
        if (!entry || !(isUsed || ids.has(entry.build))) continue
        const { key, namespace, label, inputs, sets } = entry
        entries.push({
          key,
          variant: rowVariant(row.pack.rows, row.index),
          namespace,
          label,
          inputs: () => [...inputs, ...sets.flatMap((set) => inputsOf(state, set))],
        })
      }
      const known = new Set(store.view.packs.map(({ sha }) => sha))
      return { entries, isWhole: [...used.keys()].every((sha) => known.has(sha)) }
    },
    close: () => hold.release(),
  }
}
