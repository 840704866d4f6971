import {
  allClaims,
  claimName,
  type Draft,
  FACTS_NAME,
  KIND,
  NO_VARIANT,
  rowName,
  rowVariant,
  type Store,
} from '../../src/store/index.ts'
import { name } from './checkedStore.ts'

/** Merges all packs of a store into one, leaving out the claims whose text is in `drop`. */
export async function mergeAll(
  store: Store,
  drop: readonly string[] = [],
): ReturnType<Store['replace']> {
  return await store.replace(() => {
    const drafts: Draft[] = []
    const blobs = new Set<string>()
    const seen = new Set<string>()
    for (const row of allClaims(store.view)) {
      if (seen.has(claimName(row))) continue
      seen.add(claimName(row))
      const { rows } = row.pack
      const bytes = Buffer.from(store.read(row)?.bytes ?? [])
      if (drop.includes(bytes.toString())) continue
      const variant = rowVariant(rows, row.index)
      drafts.push({ kind: KIND.claim, name: rowName(rows, row.index), variant, bytes, ahead: true })
      const blob = name(`blob of ${bytes}`)
      if (blobs.has(blob)) continue
      blobs.add(blob)
      const held = store.blob(blob)
      const content = held && store.read(held)
      if (content === undefined) throw new Error(`the blob of ${bytes} is gone`)
      const copy = Buffer.from(content.bytes)
      drafts.push({ kind: KIND.blob, name: blob, variant: NO_VARIANT, bytes: copy, ahead: false })
    }
    const facts = { kind: KIND.facts, name: FACTS_NAME, variant: NO_VARIANT, ahead: false } as const
    return {
      parts: [drafts, [{ ...facts, bytes: Buffer.from('facts') }]],
      *references(pack) {
        for (const row of allClaims(store.view)) {
          if (row.pack === pack) yield name(`blob of ${store.read(row)?.bytes}`)
        }
      },
    }
  })
}
