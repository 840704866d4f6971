import type { KeyDigest } from '../key/index.ts'
import { listBuilds, readBuild, rowName, rowVariant, type Pack } from '../store/index.ts'
import type { Session } from './session.ts'
import { sharedHasher } from './shared.ts'
import type { State } from './state.ts'
import type { Committed, Fault } from './types.ts'
import { PACKAGE_VERSION } from './version.ts'

/**
 * What one session did, as `builds/<id>.json`. `used` has, for each pack, one
 * bit per row in base64, lowest bit first; `hits` has pairs of row and count,
 * flat, for rows used more than once:
 * `{ "format": 1, …, "used": { "3a7b…": "BQ==" }, "hits": { "3a7b…": [2, 7] }, "tags": { "docs": ["0f…"] }, … }`
 * says that row 0 was used once and row 2 seven times.
 */
export interface BuildRecord {
  readonly format: 1
  readonly id: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number
  readonly host: { readonly node: string; readonly platform: string; readonly version: string }
  readonly used: Readonly<Record<string, string>>
  readonly hits: Readonly<Record<string, readonly number[]>>
  /** Keys that were given a tag which their entries do not carry. */
  readonly tags: Readonly<Record<string, readonly KeyDigest[]>>
  readonly stored: Readonly<Record<Committed<unknown>['status'], number>>
  readonly faults: readonly Fault[]
  /** What the caller of `close` added. */
  readonly notes: Readonly<Record<string, unknown>>
}

/** The record of a session, with its uses resolved to the packs that hold the rows now. */
export function buildRecord(
  state: State,
  session: Session,
  endedAt: number,
  notes: Readonly<Record<string, unknown>>,
): BuildRecord {
  return recordOf(session, usesNow(state, session), endedAt, notes)
}

/** @param counts uses by pack and row */
export function recordOf(
  session: Session,
  counts: ReadonlyMap<Pack, ReadonlyMap<number, number>>,
  endedAt: number,
  notes: Readonly<Record<string, unknown>>,
): BuildRecord {
  const used: Record<string, string> = {}
  const hits: Record<string, number[]> = {}
  for (const [pack, rows] of counts) {
    used[pack.sha] = bitmapOf(rows.keys(), pack.count)
    const often = [...rows].filter(([, count]) => count > 1)
    if (often.length > 0) hits[pack.sha] = often.flat()
  }
  const tags: Record<string, KeyDigest[]> = {}
  for (const tag of [...session.tags.keys()].sort()) {
    Object.defineProperty(tags, tag, {
      value: [...(session.tags.get(tag) ?? [])].sort(),
      enumerable: true,
    })
  }
  return {
    format: 1,
    id: session.build,
    startedAt: session.startedAt,
    endedAt,
    host: { node: process.version, platform: process.platform, version: PACKAGE_VERSION },
    used,
    hits,
    tags,
    stored: session.stored,
    faults: session.faults,
    notes,
  }
}

/** Uses by pack and row; rows of packs that were merged meanwhile, and pending results, are found again by name. */
export function usesNow({ store }: State, session: Session): Map<Pack, Map<number, number>> {
  const uses = new Map<Pack, Map<number, number>>()
  const add = (pack: Pack, index: number, count: number): void => {
    const rows = uses.get(pack) ?? new Map<number, number>()
    uses.set(pack, rows.set(index, (rows.get(index) ?? 0) + count))
  }
  const addNamed = (key: KeyDigest, variant: string, count: number): void => {
    const row = store
      .claims(key)
      .find(({ pack, index }) => rowVariant(pack.rows, index) === variant)
    if (row !== undefined) add(row.pack, row.index, count)
  }
  for (const [pack, rows] of session.rows) {
    for (let index = 0; index < rows.length; index++) {
      const count = rows[index]!
      if (count === 0) continue
      if (!pack.gone) add(pack, index, count)
      else addNamed(rowName(pack.rows, index) as KeyDigest, rowVariant(pack.rows, index), count)
    }
  }
  for (const { key, variant, count } of session.pending.values()) addNamed(key, variant, count)
  return uses
}

function bitmapOf(rows: Iterable<number>, count: number): string {
  const bits = Buffer.alloc(Math.ceil(count / 8))
  for (const row of rows) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7))
  return bits.toString('base64')
}

/** Rows whose bit is set. */
export function rowsOfBitmap(bitmap: string): number[] {
  const rows: number[] = []
  Buffer.from(bitmap, 'base64').forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) rows.push(at * 8 + bit)
  })
  return rows
}

/**
 * Reads the build records of a store, newest first, whatever else lies there.
 *
 * @param limit how many at most
 */
export async function readBuilds(dir: string, limit: number = Infinity): Promise<BuildRecord[]> {
  const records: BuildRecord[] = []
  for await (const record of newestBuilds(dir)) {
    if (records.length >= limit) break
    records.push(record)
  }
  return records
}

/** The same one by one, each read when it is asked for. */
export async function* newestBuilds(dir: string): AsyncGenerator<BuildRecord> {
  const hasher = await sharedHasher()
  for (const id of listBuilds(dir).reverse()) {
    const record = asBuildRecord(readBuild(dir, id, hasher).document)
    if (record !== undefined) yield record
  }
}

/** Undefined for a document that is no build record of this version. */
export function asBuildRecord(document: unknown): BuildRecord | undefined {
  if (!isRecord(document) || document.format !== 1) return undefined
  const { id, startedAt, endedAt, host, used, hits, tags, stored, faults, notes } = document
  if (typeof id !== 'string' || !isNumber(startedAt) || !isNumber(endedAt)) return undefined
  if (![host, used, hits, tags, stored, notes].every(isRecord) || !Array.isArray(faults)) {
    return undefined
  }
  if (!Object.values(hits as object).every((counts) => isListOf(counts, isNumber))) return undefined
  if (!Object.values(tags as object).every((keys) => isListOf(keys, isText))) return undefined
  if (!Object.values(used as object).every(isText)) return undefined
  return document as unknown as BuildRecord
}

function isListOf(list: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(list) && list.every(is)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
