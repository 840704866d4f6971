import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hasher } from '../key/index.ts'
import { listBuilds, readBuild } from './buildFiles.ts'
import { type Context, errorCode } from './context.ts'
import { packOfName, slotOfName } from './layout.ts'
import { isOtherVersion, isPackHeader, parseTail, rowCheck, rowLength, rowOffset } from './pack.ts'
import { quarantine } from './quarantine.ts'
import type { View } from './view.ts'

/** Told now and then how much of long work is done. */
export type OnProgress = (done: number, total: number) => void

/** A file that is not what its writer wrote. */
export interface Damage {
  readonly file: string
  readonly detail: string
}

export interface VerifiedFiles {
  readonly packs: number
  readonly records: number
  /** Bytes of all packs. */
  readonly size: number
  readonly damaged: readonly Damage[]
}

/**
 * Reads every byte of a store.
 *
 * @param fix moves damaged packs and build records to `quarantine/`; order files stay, because a number must never be free again
 */
export function verifyFiles(
  context: Context,
  view: View,
  fix: boolean,
  onProgress: OnProgress = () => {},
): VerifiedFiles {
  const { layout, hasher } = context
  const damaged: Damage[] = []
  let packs = 0
  let records = 0
  let size = 0

  const files = listed(layout.packs)
  for (const [at, name] of files.entries()) {
    onProgress(at, files.length)
    const sha = packOfName(name)
    if (sha === undefined) continue
    const file = layout.pack(sha)
    const verified = verifyPack(file, sha, hasher)
    // a compaction took it away meanwhile
    if (verified === 'gone') continue
    packs++
    records += verified.records
    size += verified.size
    const { detail, readable } = verified
    if (detail === undefined) continue
    damaged.push({ file, detail })
    if (!fix || !readable) continue
    const open = view.packs.find((pack) => pack.sha === sha)
    if (open === undefined) quarantine(context, file, detail)
    else view.condemn(open, detail)
  }
  for (const name of listed(layout.order)) {
    const number = slotOfName(name)
    if (number === undefined || view.log.slot(number) !== undefined) continue
    const file = layout.slot(number)
    if (existsSync(file)) damaged.push({ file, detail: 'no order record' })
  }
  for (const id of listBuilds(layout.dir)) {
    const { detail } = readBuild(layout.dir, id, hasher)
    if (detail === undefined) continue
    const file = layout.build(id)
    damaged.push({ file, detail })
    if (fix) quarantine(context, file, detail)
  }
  return { packs, records, size, damaged }
}

interface VerifiedPack {
  readonly records: number
  readonly size: number
  readonly detail?: string
  /** False for a file that can't be read, which says nothing about its bytes. */
  readonly readable: boolean
}

function verifyPack(file: string, sha: string, hasher: Hasher): VerifiedPack | 'gone' {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return 'gone'
    return { records: 0, size: 0, detail: `can't be read (${code})`, readable: code === 'EISDIR' }
  }
  const size = bytes.length
  const bad = (detail: string): VerifiedPack => ({ records: 0, size, detail, readable: true })
  const index = parseTail(bytes, size, hasher)
  const isNamedRight = (): boolean => createHash('sha256').update(bytes).digest('hex') === sha
  if (isOtherVersion(bytes) && isNamedRight()) return { records: 0, size, readable: true }
  if (index === undefined || index === 'more' || !isPackHeader(bytes)) {
    return bad('no pack of this version')
  }
  for (let row = 0; row < index.count; row++) {
    const start = rowOffset(index.rows, row)
    const end = start + rowLength(index.rows, row)
    if (end > index.recordsEnd) return bad('a row beyond the records')
    if (hasher.check64(bytes.subarray(start, end)) !== rowCheck(index.rows, row)) {
      return bad('a record with another checksum')
    }
  }
  if (!isNamedRight()) return bad('another SHA-256')
  return { records: index.count, size, readable: true }
}

function listed(dir: string): string[] {
  try {
    return readdirSync(join(dir)).sort()
  } catch {
    return []
  }
}
