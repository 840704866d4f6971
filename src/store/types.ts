import type { Digest } from '../key/index.ts'

/**
 * What a row stands for. The store treats them differently, but never looks inside:
 * a `blob` is named by its bytes, so any copy will do; of `claims` with one name
 * and variant the first in the order of packs wins; a `withdrawal` voids the
 * claims of its name and variant in packs before its own; `facts` are just kept.
 */
export const KIND = { blob: 1, claim: 2, facts: 3, withdrawal: 4 } as const

export type Kind = (typeof KIND)[keyof typeof KIND]

/** 16 hexadecimal digits that tell claims of one name apart. */
export type Variant = string

/** The variant of rows that have none. */
export const NO_VARIANT: Variant = '0000000000000000'

/** Bytes to be written, and their row. */
export interface Draft {
  readonly kind: Kind
  readonly name: Digest
  readonly variant: Variant
  readonly bytes: Uint8Array
  /** The next record is worth reading along with this one. */
  readonly ahead: boolean
}

/** An open pack: its file and its rows. */
export interface Pack {
  /** SHA-256 of the file in hexadecimal; the file's name. */
  readonly sha: string
  readonly fd: number
  readonly size: number
  readonly count: number
  /** `count` rows of ROW_SIZE bytes. */
  readonly rows: DataView
  /** Where the records end and the rows begin. */
  readonly recordsEnd: number
  /** Place in the order of packs; lower wins. */
  rank: number
  /** Withdrawals of a higher rank than this end its claims: its rank, or 0 when it got that late. */
  age: number
  /** Found damaged, merged into another pack, or closed: its rows are not there any more. */
  gone: boolean
}

/** One row of one pack. */
export interface Row {
  readonly pack: Pack
  readonly index: number
}

/** The bytes of a record. Views of a buffer that the next read uses again. */
export interface Read {
  readonly bytes: Buffer
  /** The bytes right after, when the row asked for them; not checked. */
  readonly ahead: Buffer | undefined
}

/** Something wrong with the store, for the report. */
export interface StoreFault {
  readonly code: 'store_unavailable' | 'write_failed' | 'damaged' | 'unreadable'
  readonly message: string
}
