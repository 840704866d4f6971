import type { Digest, KeyDigest } from '../key/index.ts'
import { type Draft, KIND, NO_VARIANT } from '../store/index.ts'
import { plain, type Codec } from './codec.ts'
import type { State } from './state.ts'

/** What became of the entries of a key. */
export interface Dropped {
  /** Milliseconds since 1970. */
  readonly at: number
  /** `pruned`: not used for long, or did not fit; `cleared`: somebody asked for it. */
  readonly why: 'pruned' | 'cleared'
}

/**
 * Keys whose entries a compaction dropped, newest first, as one record: 16 bytes in `keys` for each,
 * and with it when (`at`), and whether it was cleared (1) or pruned (0).
 */
interface DroppedTable {
  readonly format: 1
  readonly keys: Uint8Array
  readonly at: Float64Array
  readonly cleared: Uint8Array
}

/** The name of the one record of dropped keys. */
const droppedName = 'f'.repeat(32) as Digest
const keySize = 16
/** It is for telling people, so it stays small: half a megabyte. */
const mostKeys = 20_000

export type DroppedKeys = ReadonlyMap<KeyDigest, Dropped>

/** What the last compactions dropped; none where the record is not readable. */
export function readDropped({ store, codec }: State): DroppedKeys {
  const row = store.view.facts(droppedName)
  const read = row && store.read(row)
  const table = read && codec.decode(read.bytes)?.value
  if (!isDroppedTable(table)) return new Map()
  const { keys, at, cleared } = table
  const hex = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength).toString('hex')
  return new Map(
    Array.from(at, (time, i) => {
      const key = hex.slice(i * keySize * 2, (i + 1) * keySize * 2) as KeyDigest
      return [key, { at: time, why: cleared[i] === 1 ? 'cleared' : 'pruned' }]
    }),
  )
}

/** The record for a compaction; nothing where nothing was dropped yet. */
export function draftDropped(codec: Codec, dropped: DroppedKeys): Draft[] {
  const newest = [...dropped].sort(([, a], [, b]) => b.at - a.at).slice(0, mostKeys)
  if (newest.length === 0) return []
  const table: DroppedTable = {
    format: 1,
    keys: new Uint8Array(Buffer.from(newest.map(([key]) => key).join(''), 'hex')),
    at: Float64Array.from(newest, ([, { at }]) => at),
    cleared: Uint8Array.from(newest, ([, { why }]) => (why === 'cleared' ? 1 : 0)),
  }
  const bytes = plain(codec.encode(table))
  return [{ kind: KIND.facts, name: droppedName, variant: NO_VARIANT, bytes, ahead: false }]
}

function isDroppedTable(value: unknown): value is DroppedTable {
  const table = value as Partial<Record<keyof DroppedTable, unknown>> | null | undefined
  if (typeof table !== 'object' || table === null || table.format !== 1) return false
  const { keys, at, cleared } = table
  if (!(keys instanceof Uint8Array && at instanceof Float64Array)) return false
  return (
    cleared instanceof Uint8Array &&
    cleared.length === at.length &&
    keys.length === at.length * keySize
  )
}
