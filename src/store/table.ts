import type { Digest } from '../key/index.ts'
import { nameWords, rowFirstWord, rowIsNamed } from './pack.ts'
import type { Pack, Row } from './types.ts'

/** Finds rows by name over many packs. */
export interface Table {
  /** Makes the rows of a pack findable, after those of the packs added before. */
  add(pack: Pack): void
  /** All rows with this name, in the order they were added; those of gone packs left out. */
  find(name: Digest): Row[]
  clear(): void
}

/**
 * Open addressing over two numbers per slot, the pack (from 1) and the row:
 * nothing is parsed or allocated per row, 200,000 rows take about 10 ms.
 * Names are digests, so a part of them is the hash.
 */
export function createTable(): Table {
  let packs: Pack[] = []
  let slots = new Int32Array(2)
  let mask = 0
  let used = 0

  function grow(rows: number): void {
    let size = 64
    while (size < rows * 2) size *= 2
    slots = new Int32Array(size * 2)
    mask = size - 1
    used = 0
    packs.forEach((pack, index) => insert(pack, index + 1))
  }

  function insert(pack: Pack, number: number): void {
    const { rows, count } = pack
    for (let row = 0; row < count; row++) {
      let slot = rowFirstWord(rows, row) & mask
      while (slots[slot * 2] !== 0) slot = (slot + 1) & mask
      slots[slot * 2] = number
      slots[slot * 2 + 1] = row
    }
    used += count
  }

  return {
    add(pack) {
      packs.push(pack)
      if ((used + pack.count) * 2 > mask) return grow((used + pack.count) * 2)
      insert(pack, packs.length)
    },
    find(name) {
      const found: Row[] = []
      if (used === 0) return found
      const words = nameWords(name)
      for (let slot = words[0] & mask; ; slot = (slot + 1) & mask) {
        const number = slots[slot * 2] as number
        if (number === 0) return found
        const pack = packs[number - 1] as Pack
        const index = slots[slot * 2 + 1] as number
        if (!pack.gone && rowIsNamed(pack.rows, index, words)) found.push({ pack, index })
      }
    },
    clear() {
      packs = []
      slots = new Int32Array(2)
      mask = 0
      used = 0
    },
  }
}
