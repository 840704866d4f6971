import type { Damage, OnProgress } from '../store/index.ts'
import { noTouches } from './facts.ts'
import { takeInventory } from './inventory.ts'
import { holdState } from './shared.ts'

/** What reading every byte of a store showed. */
export interface VerifiedStore {
  readonly packs: number
  /** Entries that a look-up can use. */
  readonly entries: number
  /** Bytes of all packs. */
  readonly size: number
  readonly damaged: readonly Damage[]
}

/**
 * Reads every byte of a store and names the files that are damaged. Never throws.
 *
 * @param options.onProgress is told of the files, then of the entries
 * @param options.fix moves them to `quarantine/`, where no build looks
 */
export async function verifyStore(
  dir: string,
  {
    fix = false,
    onProgress,
  }: { readonly fix?: boolean | undefined; readonly onProgress?: OnProgress | undefined } = {},
): Promise<VerifiedStore> {
  const hold = await holdState(dir)
  try {
    const { state } = hold
    if (fix) await state.startWriting()
    const { packs, size, damaged } = state.store.verify(fix, onProgress)
    return { packs, size, damaged, entries: takeInventory(state, noTouches(), onProgress).length }
  } finally {
    hold.release()
  }
}
