import { createHash } from 'node:crypto'
import type { Digest } from '../../key/index.ts'
import {
  type Claim,
  KIND,
  NO_VARIANT,
  type PackedRecord,
  rowVariant,
  unpack,
} from '../../store/index.ts'
import type { Entry } from '../entry.ts'
import { entryOf } from '../pending.ts'
import { createUsable } from '../reach.ts'
import { holdState } from '../shared.ts'
import { readSetNode } from '../sets.ts'
import type { State } from '../state.ts'
import { type ClaimId, claimIdOf } from './stays.ts'

export interface ImportRequest {
  readonly dir: string
  readonly bytes: Buffer
  /** What the bytes must have, in hexadecimal. */
  readonly sha256: string
  /** Entries of others are refused, and all of the pack with them. */
  readonly namespaces: readonly string[]
  /** Milliseconds since 1970, for tests. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** Clocks of machines differ, by no more than this many milliseconds. */
const SKEW = 24 * 60 * 60 * 1000

/** What became of a pack: kept whole, refused whole, or not kept because the store can't be written. */
export type ImportedPack =
  | {
      readonly status: 'kept'
      readonly claims: readonly ClaimId[]
      /** Entries that were not here before. */
      readonly added: number
    }
  | { readonly status: 'refused' | 'failed'; readonly why: string }

/**
 * Takes in a pack of another machine. Nothing of it is believed: the SHA-256 of the whole, every row
 * and record, every name and every entry are looked at first, and what is wrong in one place is
 * refused whole. Then its entries are stored as if they had been computed here: what is here already
 * stays. Never throws.
 */
export async function importPack(request: ImportRequest): Promise<ImportedPack> {
  const { dir, bytes, sha256 } = request
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual !== sha256) return { status: 'refused', why: 'another SHA-256' }
  const hold = await holdState(dir)
  try {
    const { state } = hold
    const contents = readContents(state, request)
    if (typeof contents === 'string') return { status: 'refused', why: contents }
    return await keep(state, bytes, contents)
  } finally {
    hold.release()
  }
}

interface Contents {
  readonly entries: readonly { readonly entry: Entry; readonly record: PackedRecord }[]
  readonly blobs: ReadonlyMap<Digest, Buffer>
}

/** In words, what is wrong. */
function readContents(
  { hasher, codec }: State,
  { bytes, namespaces, now = Date.now }: ImportRequest,
): Contents | string {
  const records = unpack(bytes, hasher)
  if (typeof records === 'string') return records
  const latest = now() + SKEW
  const blobs = new Map<Digest, Buffer>()
  const entries: { entry: Entry; record: PackedRecord }[] = []
  for (const record of records) {
    const { kind, name, variant } = record
    if (kind === KIND.blob) {
      if (variant !== NO_VARIANT || blobs.has(name)) return 'a blob that is there twice'
      if (hasher.digestBytes(record.bytes) !== name) return 'a blob under the name of another'
      blobs.set(name, record.bytes)
    } else if (kind === KIND.claim) {
      const entry = codec.decodeEntry(record.bytes)
      if (entry === undefined) return 'an entry that is none'
      if (entry.key !== name) return 'an entry under the name of another'
      if (codec.variantOf(entry) !== variant) return 'an entry with the inputs of another'
      if (!namespaces.includes(entry.namespace)) return 'an entry of another kind'
      // it would never be old enough to go, and its times go into sums
      if (!(entry.createdAt >= 0 && entry.createdAt <= latest)) return 'an entry of another time'
      if (!(entry.computeMs >= 0 && entry.computeMs <= SKEW)) return 'an entry that took too long'
      entries.push({ entry, record })
    } else return 'a record that does not travel'
  }
  return (
    missingIn(entries, blobs, (set) => readSetNode(codec, blobs.get(set))) ?? { entries, blobs }
  )
}

/** What a pack lacks or has too much of. */
function missingIn(
  entries: Contents['entries'],
  blobs: Contents['blobs'],
  nodeOf: (set: Digest) => ReturnType<typeof readSetNode>,
): string | undefined {
  const reached = new Set<Digest>()
  for (const { entry } of entries) {
    if (blobs.get(entry.outcome)?.length !== entry.size) return 'an entry without its value'
    reached.add(entry.outcome)
    for (const set of entry.sets) {
      // what was reached before ended well, so no circle is walked twice
      const walked = new Set<Digest>()
      for (let name: Digest | undefined = set; name !== undefined && !reached.has(name);) {
        if (walked.has(name)) return 'inputs that lead back to themselves'
        walked.add(name)
        const node = nodeOf(name)
        if (node === undefined) return 'an entry without its inputs'
        name = node.parent
      }
      for (const name of walked) reached.add(name)
    }
  }
  return reached.size === blobs.size ? undefined : 'bytes that nothing refers to'
}

async function keep(
  state: State,
  pack: Buffer,
  { entries, blobs }: Contents,
): Promise<ImportedPack> {
  const { store, codec } = state
  const isUsable = createUsable(state)
  await state.startWriting()
  store.refresh()
  const claims = entries.map(({ record }) => claimIdOf(record.name, record.variant))
  const countNew = (): number => entries.filter(({ record }) => !isHere(state, record)).length
  const isNew = (): boolean => countNew() === entries.length
  const areDistinct = entries.length > 0 && new Set(claims).size === entries.length
  if (areDistinct && (await store.takeIn(pack, isNew))) {
    return { status: 'kept', claims, added: entries.length }
  }
  const added = countNew()
  const verdicts = await store.commit({
    claims: entries.map(({ entry, record }) => claimOf(entry, record, blobs, codec)),
    withdrawals: [],
    usable(row) {
      const known = entryOf(store, codec, row)
      return known !== undefined && isUsable(known)
    },
  })
  const failed = verdicts.find((verdict) => verdict.status === 'failed')
  if (failed) return { status: 'failed', why: failed.reason }
  return { status: 'kept', claims, added }
}

function isHere({ store }: State, { name, variant }: PackedRecord): boolean {
  return store.claims(name).some(({ pack, index }) => rowVariant(pack.rows, index) === variant)
}

function claimOf(
  { outcome, sets }: Entry,
  { name, variant, bytes }: PackedRecord,
  blobs: Contents['blobs'],
  codec: State['codec'],
): Claim {
  return {
    name,
    variant,
    bytes,
    withdraws: [],
    blobs(known) {
      const others: { name: Digest; bytes: Uint8Array }[] = []
      for (const set of sets) {
        let at: Digest | undefined = set
        while (at !== undefined && !known.visited.has(at)) {
          known.visited.add(at)
          const content: Buffer = blobs.get(at)!
          if (!known.has(at)) others.push({ name: at, bytes: content })
          at = readSetNode(codec, content)?.parent
        }
      }
      const along = known.has(outcome) ? undefined : { name: outcome, bytes: blobs.get(outcome)! }
      return { along, others }
    },
  }
}
