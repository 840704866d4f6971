import type { Digest, Hasher } from '../key/index.ts'
import {
  HEADER_SIZE,
  isPackHeader,
  parseTail,
  rowAhead,
  rowCheck,
  rowIsPadded,
  rowKind,
  rowLength,
  rowName,
  rowOffset,
  rowVariant,
} from './pack.ts'
import type { Kind, Variant } from './types.ts'

/** A record of a pack, out of it. */
export interface PackedRecord {
  readonly kind: Kind
  readonly name: Digest
  readonly variant: Variant
  /** A view of the pack's bytes. */
  readonly bytes: Buffer
}

/**
 * Takes a whole pack of a stranger apart, and believes nothing of it: its records lie back to back
 * from the header to the rows, in the order of the rows, each with its checksum, and nothing else
 * is in it. Answers in words what is wrong.
 */
export function unpack(file: Buffer, hasher: Hasher): readonly PackedRecord[] | string {
  const index = parseTail(file, file.length, hasher)
  if (index === undefined || index === 'more') return 'no pack of this version'
  if (!isPackHeader(file) || file.readUInt32LE(12) !== 0) return 'another header'
  const { rows, count, recordsEnd } = index
  const records: PackedRecord[] = []
  let end = HEADER_SIZE
  for (let row = 0; row < count; row++) {
    const start = rowOffset(rows, row)
    const length = rowLength(rows, row)
    if (start !== end || start + length > recordsEnd) return 'records that are not back to back'
    end = start + length
    if (!rowIsPadded(rows, row)) return 'a row of another form'
    const ahead = rowAhead(rows, row)
    const next = row + 1 < count ? rowLength(rows, row + 1) : 0
    if (ahead !== 0 && ahead !== next) return 'a row that asks for more than the next record'
    const bytes = file.subarray(start, end)
    if (hasher.check64(bytes) !== rowCheck(rows, row)) return 'a record with another checksum'
    records.push({
      kind: rowKind(rows, row),
      name: rowName(rows, row),
      variant: rowVariant(rows, row),
      bytes,
    })
  }
  return end === recordsEnd ? records : 'bytes that belong to no record'
}
