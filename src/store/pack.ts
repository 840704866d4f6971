import type { Digest, Hasher } from '../key/index.ts'
import type { Draft, Kind, Variant } from './types.ts'

/**
 * A pack: records back to back, then one row for each, then a footer. All
 * numbers little-endian. With one record of 3 bytes the file has 115 bytes:
 *
 *   0   REMEMBER  magic                    ┐
 *   8   u32 version, u32 zero              │ header
 *   16  16 bytes that no other pack has    ┘
 *   32  the record's bytes
 *   35  row: 4 × u32 name, 2 × u32 variant, u64 XXH64 of the bytes,
 *            u32 offset, u32 length, u32 ahead, u16 offset high, u8 kind, u8 zero
 *   83  u64 offset of the rows, u32 number of rows, u32 version   ┐
 *   99  u64 XXH64 of the rows and the 16 bytes before this one    │ footer
 *   107 REMEMBER                                                  ┘
 *
 * `ahead` is how many bytes right after the record are worth reading with it.
 */
const VERSION = 1
export const HEADER_SIZE = 32
export const ROW_SIZE = 48
export const FOOTER_SIZE = 32
/** Bytes of what makes two packs with equal records different. */
export const NONCE_SIZE = 16

const MAGIC = Buffer.from('REMEMBER', 'latin1')
const AT = {
  name: 0,
  variant: 16,
  check: 24,
  offset: 32,
  length: 36,
  ahead: 40,
  offsetHigh: 44,
  kind: 46,
} as const

/** The bytes of a pack with these records in this order. */
export function buildPack(drafts: readonly Draft[], nonce: Uint8Array, hasher: Hasher): Buffer {
  const recordsSize = drafts.reduce((size, draft) => size + draft.bytes.length, 0)
  const rowsAt = HEADER_SIZE + recordsSize
  const footerAt = rowsAt + drafts.length * ROW_SIZE
  const file = Buffer.alloc(footerAt + FOOTER_SIZE)

  file.set(MAGIC, 0)
  file.writeUInt32LE(VERSION, 8)
  file.set(nonce.subarray(0, NONCE_SIZE), 16)

  let at = HEADER_SIZE
  drafts.forEach((draft, index) => {
    file.set(draft.bytes, at)
    writeRow(file, rowsAt + index * ROW_SIZE, draft, at, drafts[index + 1], hasher)
    at += draft.bytes.length
  })

  file.writeBigUInt64LE(BigInt(rowsAt), footerAt)
  file.writeUInt32LE(drafts.length, footerAt + 8)
  file.writeUInt32LE(VERSION, footerAt + 12)
  file.writeBigUInt64LE(hasher.check64(file.subarray(rowsAt, footerAt + 16)), footerAt + 16)
  file.set(MAGIC, footerAt + 24)
  return file
}

/** The same records in a pack of another name. */
export function renewPack(file: Buffer, nonce: Uint8Array): Buffer {
  const copy = Buffer.from(file)
  copy.set(nonce.subarray(0, NONCE_SIZE), 16)
  return copy
}

function writeRow(
  file: Buffer,
  at: number,
  draft: Draft,
  offset: number,
  next: Draft | undefined,
  hasher: Hasher,
): void {
  nameWords(draft.name).forEach((word, i) => file.writeUInt32LE(word, at + AT.name + i * 4))
  hexBytes.write(draft.variant, 0, 8, 'hex')
  file.writeUInt32LE(hexBytes.readUInt32BE(0), at + AT.variant)
  file.writeUInt32LE(hexBytes.readUInt32BE(4), at + AT.variant + 4)
  file.writeBigUInt64LE(hasher.check64(draft.bytes), at + AT.check)
  file.writeUInt32LE(offset % 2 ** 32, at + AT.offset)
  file.writeUInt32LE(draft.bytes.length, at + AT.length)
  file.writeUInt32LE(draft.ahead && next !== undefined ? next.bytes.length : 0, at + AT.ahead)
  file.writeUInt16LE(Math.floor(offset / 2 ** 32), at + AT.offsetHigh)
  file.writeUInt8(draft.kind, at + AT.kind)
}

/** Where the rows are. */
export interface PackIndex {
  readonly rows: DataView
  readonly count: number
  readonly recordsEnd: number
}

/**
 * Reads the rows out of the end of a file: `'more'` when `tail` is too short
 * to hold them, undefined when this is no pack of this version.
 */
export function parseTail(
  tail: Buffer,
  size: number,
  hasher: Hasher,
): PackIndex | 'more' | undefined {
  const footer = tail.length - FOOTER_SIZE
  if (footer < 0 || size < HEADER_SIZE + FOOTER_SIZE) return undefined
  if (!tail.subarray(footer + 24).equals(MAGIC)) return undefined
  if (tail.readUInt32LE(footer + 12) !== VERSION) return undefined
  const recordsEnd = Number(tail.readBigUInt64LE(footer))
  const count = tail.readUInt32LE(footer + 8)
  const rowsSize = count * ROW_SIZE
  if (recordsEnd < HEADER_SIZE || recordsEnd + rowsSize + FOOTER_SIZE !== size) return undefined
  const start = footer - rowsSize
  if (start < 0) return 'more'
  const check = hasher.check64(tail.subarray(start, footer + 16))
  if (check !== tail.readBigUInt64LE(footer + 16)) return undefined
  return { rows: new DataView(tail.buffer, tail.byteOffset + start, rowsSize), count, recordsEnd }
}

/** True for the end of a pack that another version of this package wrote, as far as its footer tells. */
export function isOtherVersion(tail: Buffer): boolean {
  const footer = tail.length - FOOTER_SIZE
  if (footer < 0 || !tail.subarray(footer + 24).equals(MAGIC)) return false
  return tail.readUInt32LE(footer + 12) !== VERSION
}

/** How many bytes of the end of a pack hold its rows and footer; the answer to `'more'`. */
export function tailSize(tail: Buffer): number {
  return tail.readUInt32LE(tail.length - FOOTER_SIZE + 8) * ROW_SIZE + FOOTER_SIZE
}

/** True when a file begins as a pack does. */
export function isPackHeader(head: Buffer): boolean {
  return head.subarray(0, 8).equals(MAGIC) && head.readUInt32LE(8) === VERSION
}

export function rowKind(rows: DataView, index: number): Kind {
  return rows.getUint8(index * ROW_SIZE + AT.kind) as Kind
}

/** True when what a row has besides its fields is zero, as its writer left it. */
export function rowIsPadded(rows: DataView, index: number): boolean {
  return rows.getUint8(index * ROW_SIZE + AT.kind + 1) === 0
}

export function rowName(rows: DataView, index: number): Digest {
  return hexOf(rows, index * ROW_SIZE + AT.name, 4) as Digest
}

export function rowVariant(rows: DataView, index: number): Variant {
  return hexOf(rows, index * ROW_SIZE + AT.variant, 2)
}

export function rowCheck(rows: DataView, index: number): bigint {
  return rows.getBigUint64(index * ROW_SIZE + AT.check, true)
}

export function rowOffset(rows: DataView, index: number): number {
  const at = index * ROW_SIZE
  return rows.getUint16(at + AT.offsetHigh, true) * 2 ** 32 + rows.getUint32(at + AT.offset, true)
}

export function rowLength(rows: DataView, index: number): number {
  return rows.getUint32(index * ROW_SIZE + AT.length, true)
}

export function rowAhead(rows: DataView, index: number): number {
  return rows.getUint32(index * ROW_SIZE + AT.ahead, true)
}

/** The first of the four numbers that make up a name. */
export function rowFirstWord(rows: DataView, index: number): number {
  return rows.getUint32(index * ROW_SIZE + AT.name, true)
}

export function rowIsNamed(rows: DataView, index: number, words: NameWords): boolean {
  const at = index * ROW_SIZE
  return (
    rows.getUint32(at, true) === words[0] &&
    rows.getUint32(at + 4, true) === words[1] &&
    rows.getUint32(at + 8, true) === words[2] &&
    rows.getUint32(at + 12, true) === words[3]
  )
}

/** A name as four numbers of 32 bits, for look-ups. */
export type NameWords = readonly [number, number, number, number]

export function nameWords(name: Digest): NameWords {
  // one call for all sixteen bytes: this runs for every look-up
  hexBytes.write(name, 0, 16, 'hex')
  return [
    hexBytes.readUInt32BE(0),
    hexBytes.readUInt32BE(4),
    hexBytes.readUInt32BE(8),
    hexBytes.readUInt32BE(12),
  ]
}

const hexBytes = Buffer.alloc(16)

/** Numbers of 32 bits as hexadecimal digits; at most four. */
function hexOf(rows: DataView, at: number, words: number): string {
  for (let word = 0; word < words; word++) {
    hexBytes.writeUInt32BE(rows.getUint32(at + word * 4, true), word * 4)
  }
  return hexBytes.toString('hex', 0, words * 4)
}
