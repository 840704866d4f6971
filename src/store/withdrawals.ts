import { rowKind, rowVariant } from './pack.ts'
import { KIND, type Row, type Variant } from './types.ts'

/** The rank of the first pack that has no number. */
export const UNNUMBERED: number = 2 ** 40

/**
 * By variant, the rank of the last pack that withdraws it: of those with a number, or of all when
 * numbers are lost.
 */
export function lastWithdrawals(
  rows: readonly Row[],
  upTo: number,
  hasLost: boolean,
): Map<Variant, number> {
  const last = new Map<Variant, number>()
  for (const row of rows) {
    const { rank } = row.pack
    if (rowKind(row.pack.rows, row.index) !== KIND.withdrawal || rank > upTo) continue
    if (rank >= UNNUMBERED && !hasLost) continue
    const variant = rowVariant(row.pack.rows, row.index)
    last.set(variant, Math.max(rank, last.get(variant) ?? 0))
  }
  return last
}
