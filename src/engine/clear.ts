import type { KeyDigest } from '../key/index.ts'
import { allClaims, type OnProgress, rowVariant } from '../store/index.ts'
import { factsOf } from './facts.ts'
import { entryOf } from './pending.ts'
import { pruneState, type Pruned } from './prune.ts'
import { holdState } from './shared.ts'
import { storedTouches } from './storedTouches.ts'
import type { EntryFacts } from './types.ts'

export interface ClearOptions {
  readonly dir: string
  readonly onProgress?: OnProgress | undefined
  /** Which entries go; all without it. */
  readonly where?: ((entry: EntryFacts) => boolean) | undefined
}

/** What clearing did; `skipped` as for pruning, and when there are entries that can't be read now. */
export interface Cleared extends Pick<Pruned, 'status' | 'size' | 'sizeBefore'> {
  readonly clearedEntries: number
}

/** Withdraws entries for good, and drops their bytes. Safe beside running builds; never throws. */
export async function clear({
  dir,
  onProgress,
  where = () => true,
}: ClearOptions): Promise<Cleared> {
  const hold = await holdState(dir)
  try {
    const { state } = hold
    const { store, codec, pending } = state
    if (store.view.packs.length > 0) await state.startWriting()
    await pending.flush()
    const { failedReads } = store.view
    const { touches } = storedTouches(state)
    const cleared = new Set<string>()
    const keys = new Set<KeyDigest>()
    for (const row of allClaims(store.view)) {
      const variant = rowVariant(row.pack.rows, row.index)
      const entry = entryOf(store, codec, row)
      if (entry === undefined || !where(factsOf(entry, variant, touches))) continue
      cleared.add(`${entry.key}:${variant}`)
      keys.add(entry.key)
      pending.withdraw(entry.key, variant)
    }
    const isAllRead = store.view.failedReads === failedReads
    await pending.flush()
    const { status, size, sizeBefore } = await pruneState(state, { onProgress }, keys)
    const clearedEntries = cleared.size
    return { status: isAllRead ? status : 'skipped', size, sizeBefore, clearedEntries }
  } finally {
    hold.release()
  }
}
