import { rowKind, rowName, rowVariant } from './pack.ts'
import { KIND, type Row } from './types.ts'
import type { View } from './view.ts'

/** Every claim that was not withdrawn, first to last: of one name and variant the one that counts comes first. */
export function* allClaims(view: View): Iterable<Row> {
  for (const pack of view.packs.slice()) {
    for (let index = 0; index < pack.count && !pack.gone; index++) {
      if (rowKind(pack.rows, index) !== KIND.claim) continue
      const claims = view.claims(rowName(pack.rows, index))
      if (claims.some((row) => row.pack === pack && row.index === index)) yield { pack, index }
    }
  }
}

/** Tells the claims of one name apart: `<name>:<variant>`. */
export function claimName({ pack, index }: Row): string {
  return `${rowName(pack.rows, index)}:${rowVariant(pack.rows, index)}`
}
