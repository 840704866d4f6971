import type { Digest } from '../key/index.ts'
import { nameWords, rowFirstWord, rowIsNamed } from './pack.ts'
import type { Pack, Row } from './types.ts'

/** Finds rows by name over many packs. */
export interface Table {
  /** Makes the rows of packs findable, after those of the packs added before. */
  add(packs: readonly Pack[]): void
  /** All rows with this name, in the order they were added; those of gone packs left out. */
  find(name: Digest): Row[]
  clear(): void
}

/**
 * Open addressing over one number per slot: rows count from 1 through all packs, so nothing is
 * parsed or allocated per row, and the slots of 200,000 rows take 2 MiB, which stay in a
 * processor's cache while they are filled. Names are digests, so a part of them is the hash.
 */
export function createTable(): Table {
  let packs: Pack[] = []
  /** The number of each pack's first row. */
  let firsts: number[] = []
  let slots = new Int32Array(1)
  let mask = 0
  let used = 0

  function grow(rows: number): void {
    let size = 64
    while (size < rows * 2) size *= 2
    slots = new Int32Array(size)
    mask = size - 1
    packs.forEach((pack, at) => insert(pack, firsts[at]!))
  }

  function insert({ rows, count }: Pack, first: number): void {
    for (let row = 0; row < count; row++) {
      let slot = rowFirstWord(rows, row) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = first + row
    }
  }

  /** The place of the pack that a row is in. */
  function placeOf(number: number): number {
    let low = 0
    let high = firsts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (firsts[middle]! <= number) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    add(added) {
      const known = packs.length
      for (const pack of added) {
        packs.push(pack)
        firsts.push(used + 1)
        used += pack.count
      }
      if (used * 2 > mask) return grow(used)
      for (let at = known; at < packs.length; at++) insert(packs[at]!, firsts[at]!)
    },
    find(name) {
      const found: Row[] = []
      if (used === 0) return found
      const words = nameWords(name)
      for (let slot = words[0] & mask; ; slot = (slot + 1) & mask) {
        const number = slots[slot]!
        if (number === 0) return found
        const at = placeOf(number)
        const pack = packs[at]!
        const index = number - firsts[at]!
        if (!pack.gone && rowIsNamed(pack.rows, index, words)) found.push({ pack, index })
      }
    },
    clear() {
      packs = []
      firsts = []
      slots = new Int32Array(1)
      mask = 0
      used = 0
    },
  }
}
