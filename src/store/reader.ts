import { readSync } from 'node:fs'
import { type Context, errorCode } from './context.ts'
import { rowAhead, rowCheck, rowLength, rowOffset } from './pack.ts'
import type { Pack, Read, Row } from './types.ts'

/** Reads up to this size share one buffer. */
const SHARED_SIZE = 1024 * 1024

/** A pack that was asked this often will be asked for most of what it has … */
const READS_BEFORE_ALL = 16
/** … and is taken into memory in one read, up to this size: a tenth of what a read for each record costs. */
const LARGEST_IN_MEMORY = 64 * 1024 * 1024

/**
 * Reads records: one positioned read, checked. What is damaged is undefined,
 * and its pack goes to `condemn`; what can't be read now is undefined, and `failed` is told.
 */
export function createReader(
  context: Context,
  condemn: (pack: Pack, detail: string) => void,
  failed: () => void,
): (row: Row) => Read | undefined {
  let shared = Buffer.allocUnsafeSlow(64 * 1024)

  function bufferOf(size: number): Buffer {
    if (size > SHARED_SIZE) return Buffer.allocUnsafeSlow(size)
    if (size > shared.length) shared = Buffer.allocUnsafeSlow(Math.max(size, shared.length * 2))
    return shared
  }

  const asked = new WeakMap<Pack, number>()
  const inMemory = new WeakMap<Pack, Buffer>()

  /** The records of a pack that is asked often; undefined when each is to be read by itself. */
  function recordsOf(pack: Pack): Buffer | undefined {
    const records = inMemory.get(pack)
    if (records !== undefined) return records
    const times = (asked.get(pack) ?? 0) + 1
    asked.set(pack, times)
    if (times !== READS_BEFORE_ALL || pack.recordsEnd > LARGEST_IN_MEMORY) return undefined
    const whole = Buffer.allocUnsafeSlow(pack.recordsEnd)
    if (readSync(pack.fd, whole, 0, whole.length, 0) !== whole.length) return undefined
    inMemory.set(pack, whole)
    return whole
  }

  /** Bytes at a place of a pack: short when the file is. */
  function take(pack: Pack, offset: number, wanted: number): Buffer {
    const records = recordsOf(pack)
    if (records !== undefined) return records.subarray(offset, offset + wanted)
    const buffer = bufferOf(wanted)
    return buffer.subarray(0, readSync(pack.fd, buffer, 0, wanted, offset))
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
    let taken: Buffer
    try {
      taken = take(pack, offset, wanted)
    } catch (error) {
      failed()
      const message = `Can't read ${context.layout.pack(pack.sha)} (${errorCode(error)}).`
      context.fault({ code: 'unreadable', message })
      return undefined
    }
    const bytes = taken.subarray(0, length)
    const isWhole = taken.length === wanted
    if (!isWhole || context.hasher.check64(bytes) !== rowCheck(pack.rows, index)) {
      condemn(pack, isWhole ? 'a record with another checksum' : 'too short')
      return undefined
    }
    return { bytes, ahead: wanted > length ? taken.subarray(length, wanted) : undefined }
  }
}
