import type { SharedPack } from './manifest.ts'

/**
 * A machine that is new takes all packs of a scope, one request for each.
 *
 * @internal exported for tests
 */
export const MAX_SCOPE_PACKS = 4
/** What the packs of a scope may have together on the way; the oldest go. Bytes. */
const MAX_SCOPE_SIZE = 512 * 1024 * 1024

/**
 * Packs of a scope that a new one takes in: as many of the smallest as must go, and then each that
 * is no more than twice as large as what is merged already. So every byte travels a few times only.
 */
export function chooseMerged(packs: readonly SharedPack[], newSize: number): SharedPack[] {
  const bySize = packs.toSorted((a, b) => a.size - b.size)
  const least = packs.length + 1 - MAX_SCOPE_PACKS
  if (least <= 0) return []
  const merged: SharedPack[] = []
  let size = newSize
  for (const pack of bySize) {
    if (merged.length >= least && pack.size > 2 * size) break
    merged.push(pack)
    size += pack.size
  }
  return merged
}

/** The newest packs that fit into a scope, the last one in any case. */
export function withinScope(packs: readonly SharedPack[]): SharedPack[] {
  const kept: SharedPack[] = []
  let size = 0
  for (const pack of packs.toReversed()) {
    size += pack.content.size
    if (kept.length > 0 && size > MAX_SCOPE_SIZE) break
    kept.unshift(pack)
  }
  return kept
}
