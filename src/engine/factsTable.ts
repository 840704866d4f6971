import type { KeyDigest } from '../key/index.ts'
import type { Codec } from './codec.ts'
import { plain } from './codec.ts'
import { addTag, addUse, type Touches } from './facts.ts'

/**
 * Touches folded by a compaction, as one record. `names` has 24 bytes for each
 * used entry, its key and variant; `hits` and `lastUsed` go with it. `tags`
 * maps a tag to the keys that have it, 16 bytes each. `folded` are the build
 * records that are in it and still lie in `builds/`.
 */
interface FactsTable {
  readonly format: 1
  readonly folded: readonly string[]
  readonly names: Uint8Array
  readonly hits: Float64Array
  readonly lastUsed: Float64Array
  readonly tags: ReadonlyMap<string, Uint8Array>
}

const NAME_SIZE = 24
const KEY_SIZE = 16

export function encodeFacts(codec: Codec, touches: Touches, folded: readonly string[]): Buffer {
  const uses = [...touches.uses].sort(([a], [b]) => (a < b ? -1 : 1))
  const byTag = new Map<string, string[]>()
  for (const [key, tags] of touches.tags) {
    for (const tag of tags) byTag.set(tag, [...(byTag.get(tag) ?? []), key])
  }
  const tags = [...byTag].sort(([a], [b]) => (a < b ? -1 : 1))
  const table: FactsTable = {
    format: 1,
    folded: [...folded].sort(),
    names: bytesOfHex(uses.map(([name]) => name.replace(':', ''))),
    hits: Float64Array.from(uses, ([, { hits }]) => hits),
    lastUsed: Float64Array.from(uses, ([, { lastUsed }]) => lastUsed),
    tags: new Map(tags.map(([tag, keys]) => [tag, bytesOfHex(keys.sort())])),
  }
  return plain(codec.encode(table))
}

/** Adds the facts in a record; gives the build records that are in them. */
export function decodeFacts(codec: Codec, bytes: Buffer, touches: Touches): ReadonlySet<string> {
  const table = codec.decode(bytes)?.value
  if (!isFactsTable(table)) return new Set()
  table.hits.forEach((hits, i) => {
    const name = hexOf(table.names, i, NAME_SIZE)
    const key = name.slice(0, KEY_SIZE * 2) as KeyDigest
    addUse(touches, key, name.slice(KEY_SIZE * 2), hits, table.lastUsed[i] as number)
  })
  for (const [tag, keys] of table.tags) {
    for (let i = 0; i * KEY_SIZE < keys.length; i++) {
      addTag(touches, hexOf(keys, i, KEY_SIZE) as KeyDigest, tag)
    }
  }
  return new Set(table.folded)
}

function isFactsTable(value: unknown): value is FactsTable {
  const table = value as Partial<Record<keyof FactsTable, unknown>> | null | undefined
  if (typeof table !== 'object' || table === null || table.format !== 1) return false
  const { folded, names, hits, lastUsed, tags } = table
  if (!Array.isArray(folded) || !folded.every((id) => typeof id === 'string')) return false
  if (!(tags instanceof Map) || ![...tags].every(isTagged)) return false
  if (!(names instanceof Uint8Array && hits instanceof Float64Array)) return false
  return lastUsed instanceof Float64Array && names.length === hits.length * NAME_SIZE
}

function isTagged([tag, keys]: [unknown, unknown]): boolean {
  return typeof tag === 'string' && keys instanceof Uint8Array && keys.length % KEY_SIZE === 0
}

function bytesOfHex(texts: readonly string[]): Uint8Array {
  return new Uint8Array(Buffer.from(texts.join(''), 'hex'))
}

function hexOf(bytes: Uint8Array, index: number, size: number): string {
  const start = bytes.byteOffset + index * size
  return Buffer.from(bytes.buffer, start, size).toString('hex')
}
