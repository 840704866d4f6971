import { readSync } from 'node:fs'
import { type Context, errorCode } from './context.ts'
import { rowAhead, rowCheck, rowLength, rowOffset } from './pack.ts'
import type { Pack, Read, Row } from './types.ts'

/** Reads up to this size share one buffer. */
const SHARED_SIZE = 1024 * 1024

/**
 * Reads records: one positioned read, checked. What is damaged is undefined,
 * and its pack goes to `condemn`; what can't be read now is undefined.
 */
export function createReader(
  context: Context,
  condemn: (pack: Pack, detail: string) => void,
): (row: Row) => Read | undefined {
  let shared = Buffer.allocUnsafeSlow(64 * 1024)

  function bufferOf(size: number): Buffer {
    if (size > SHARED_SIZE) return Buffer.allocUnsafeSlow(size)
    if (size > shared.length) shared = Buffer.allocUnsafeSlow(Math.max(size, shared.length * 2))
    return shared
  }

  return function read({ pack, index }) {
    if (pack.gone) return undefined
    const length = rowLength(pack.rows, index)
    const wanted = length + rowAhead(pack.rows, index)
    const offset = rowOffset(pack.rows, index)
    if (offset + wanted > pack.recordsEnd) {
      condemn(pack, 'a row beyond the records')
      return undefined
    }
    const buffer = bufferOf(wanted)
    let got: number
    try {
      got = readSync(pack.fd, buffer, 0, wanted, offset)
    } catch (error) {
      const message = `Can't read ${context.layout.pack(pack.sha)} (${errorCode(error)}).`
      context.fault({ code: 'unreadable', message })
      return undefined
    }
    const bytes = buffer.subarray(0, length)
    if (got !== wanted || context.hasher.check64(bytes) !== rowCheck(pack.rows, index)) {
      condemn(pack, got === wanted ? 'a record with another checksum' : 'too short')
      return undefined
    }
    return { bytes, ahead: wanted > length ? buffer.subarray(length, wanted) : undefined }
  }
}
