import { rowKind, rowName, rowVariant } from './pack.ts'
import { KIND, type Row } from './types.ts'
import type { View } from './view.ts'

/** For every name and variant the claim that counts, pack by pack. */
export function* liveClaims(view: View): Iterable<Row> {
  for (const pack of view.packs.slice()) {
    for (let index = 0; index < pack.count && !pack.gone; index++) {
      if (rowKind(pack.rows, index) !== KIND.claim) continue
      const variant = rowVariant(pack.rows, index)
      const first = view
        .claims(rowName(pack.rows, index))
        .find((row) => rowVariant(row.pack.rows, row.index) === variant)
      if (first?.pack === pack && first.index === index) yield { pack, index }
    }
  }
}
