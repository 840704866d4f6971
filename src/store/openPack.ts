import { fstatSync, openSync, readSync } from 'node:fs'
import { closeFile } from './closeFile.ts'
import { type Context, errorCode } from './context.ts'
import { FOOTER_SIZE, isOtherVersion, parseTail, tailSize } from './pack.ts'
import { quarantine } from './quarantine.ts'
import type { Pack } from './types.ts'

/**
 * `missing` was deleted or moved; `unreadable` is there but can't be read now; `foreign` is of
 * another version of this package, which may want it.
 */
export type OpenedPack = Pack | 'missing' | 'unreadable' | 'foreign' | 'damaged'

/** One read takes in the rows of a pack with up to 1,365 records. */
const FIRST_READ = 64 * 1024 + FOOTER_SIZE

/** Opens a pack and reads its rows: one positioned read, two for large packs. */
export function openPack(context: Context, sha: string): OpenedPack {
  const file = context.layout.pack(sha)
  let fd: number | undefined
  try {
    fd = openSync(file, 'r')
    const stat = fstatSync(fd)
    const pack = stat.isFile() ? readPack(context, sha, fd, stat.size) : undefined
    if (pack === 'foreign') return pack
    if (pack !== undefined) {
      fd = undefined
      return pack
    }
    quarantine(context, file, 'no pack of this version')
    return 'damaged'
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return 'missing'
    context.fault({ code: 'unreadable', message: `Can't read ${file} (${code}).` })
    return 'unreadable'
  } finally {
    if (fd !== undefined) closeFile(fd)
  }
}

function readPack(
  context: Context,
  sha: string,
  fd: number,
  size: number,
): Pack | 'foreign' | undefined {
  let tail = readTail(fd, size, FIRST_READ)
  let index = parseTail(tail, size, context.hasher)
  if (index === 'more') {
    tail = readTail(fd, size, tailSize(tail))
    index = parseTail(tail, size, context.hasher)
  }
  if (index === undefined || index === 'more') return isOtherVersion(tail) ? 'foreign' : undefined
  return { sha, fd, size, ...index, rank: 0, age: 0, gone: false }
}

function readTail(fd: number, size: number, wanted: number): Buffer {
  const length = Math.min(size, wanted)
  const tail = Buffer.allocUnsafeSlow(length)
  const got = readSync(fd, tail, 0, length, size - length)
  return tail.subarray(0, got)
}
