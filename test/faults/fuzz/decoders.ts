import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Random } from '../../../scripts/generate/random.mjs'
import { asBuildRecord } from '../../../src/engine/builds.ts'
import { createCodec, plain } from '../../../src/engine/codec.ts'
import { addRecords, noTouches } from '../../../src/engine/facts.ts'
import { decodeFacts, encodeFacts } from '../../../src/engine/factsTable.ts'
import { createInputSets } from '../../../src/engine/sets.ts'
import { PLAIN_VERSION } from '../../../src/engine/value/format.ts'
import { asciiJson } from '../../../src/engine/value/index.ts'
import { openClosures } from '../../../src/fingerprint/keptClosures.ts'
import { type Digest, openHasher } from '../../../src/key/index.ts'
import type { Store } from '../../../src/store/index.ts'
import { decodeDocument } from '../../../src/store/buildFiles.ts'
import { buildOrderRecord, parseOrderRecord } from '../../../src/store/order.ts'
import {
  FOOTER_SIZE,
  isPackHeader,
  parseTail,
  rowAhead,
  rowLength,
  rowName,
  rowOffset,
  rowVariant,
  tailSize,
} from '../../../src/store/pack.ts'
import {
  buildManifest,
  MAX_MANIFEST,
  parseManifest,
  type Manifest,
} from '../../../src/share/manifest.ts'
import { unpack } from '../../../src/store/index.ts'
import { openDigests } from '../../../src/trace/index.ts'
import { mutate, mutateData, randomBytes } from './mutate.ts'
import type { Samples } from './samples.ts'

/** Feeds one input to one decoder; throws when something is wrong. True when it was taken for whole. */
export type Feed = (random: Random) => boolean

export interface Decoder {
  readonly name: string
  /** Of a hundred inputs, those for this one. */
  readonly share: number
  readonly feed: Feed
}

const hasher = await openHasher()
const codec = createCodec(hasher)

export function decodersOf(samples: Samples, dir: string): readonly Decoder[] {
  const bytesFor = (random: Random, list: readonly Buffer[]): Buffer =>
    random.chance(0.05) ? randomBytes(random) : mutate(random.pick(list), list, random)
  return [
    {
      name: 'pack',
      share: 20,
      feed: (random) => feedPack(bytesFor(random, samples.packs), random),
    },
    { name: 'value', share: 27, feed: (random) => feedValue(valueBytes(random)) },
    { name: 'entry', share: 13, feed: (random) => feedEntry(entryBytes(random)) },
    {
      name: 'order',
      share: 10,
      feed: (random) => feedOrder(bytesFor(random, samples.orders), random),
    },
    { name: 'set', share: 8, feed: (random) => feedSet(random, bytesFor(random, samples.values)) },
    { name: 'facts', share: 5, feed: (random) => feedFacts(random) },
    { name: 'record', share: 8, feed: (random) => feedRecord(random) },
    {
      name: 'document',
      share: 3,
      feed: (random) => feedDocument(bytesFor(random, samples.records), random),
    },
    { name: 'manifest', share: 5, feed: (random) => feedManifest(random) },
    {
      name: 'notes',
      share: 1,
      feed: (random) => feedNotes(random, bytesFor(random, samples.notes)),
    },
  ]

  /** Half of the plain ones with other JSON, and a length that fits it. */
  function valueBytes(random: Random): Buffer {
    const bytes = random.pick(samples.values)
    if (bytes[0] !== PLAIN_VERSION || random.chance(0.5)) return bytesFor(random, samples.values)
    const end = 5 + bytes.readUInt32LE(1)
    const head = mutateData(JSON.parse(bytes.toString('latin1', 5, end)), random)
    const text = Buffer.from(asciiJson(head), 'latin1')
    const start = Buffer.from(bytes.subarray(0, 5))
    start.writeUInt32LE(text.length, 1)
    return Buffer.concat([start, text, bytes.subarray(end)])
  }

  function entryBytes(random: Random): Buffer {
    const sample = random.pick(samples.entries)
    if (random.chance(0.5)) return mutate(sample, samples.entries, random)
    return Buffer.from(JSON.stringify(mutateData(JSON.parse(String(sample)), random)))
  }

  function feedRecord(random: Random): boolean {
    let document: unknown = JSON.parse(
      String(
        decodeDocument(random.pick(samples.records), hasher) && random.pick(samples.documents),
      ),
    )
    for (let times = random.integer(1, 3); times > 0; times--)
      document = mutateData(document, random)
    const record = asBuildRecord(document)
    if (record === undefined) return false
    const packs = samples.openPacks
    const store = { view: { packs }, builds: { read: () => document } } as unknown as Store
    const touches = noTouches()
    addRecords(touches, store, ['id'])
    const facts = encodeFacts(codec, touches, [])
    decodeFacts(codec, facts, noTouches())
    return true
  }

  function feedNotes(random: Random, bytes: Buffer): boolean {
    const isWhole = random.chance(0.5)
    const file = join(dir, `notes-${random.integer(0, 1e9)}`)
    writeFileSync(file, isWhole ? signed(bytes) : bytes)
    const known = openDigests(file, hasher.digestText).get('/a.js')
    const closure = openClosures(file, hasher.digestText).get('/a.js')
    rmSync(file)
    return known !== undefined || closure !== undefined
  }
}

const sha256 = 'a'.repeat(64)
const manifest: Manifest = {
  family: 'app node-v22.12.0',
  scope: 'main',
  producer: 'somebody',
  time: 1_733_000_000_000,
  packs: [{ sha256, size: 5120, content: { sha256, size: 820, encoding: 'br' } }],
}

function envelope(payload: unknown): Buffer {
  const text = JSON.stringify(payload)
  return Buffer.from(JSON.stringify({ format: 1, payload: text, signatures: [] }))
}

const manifests = [buildManifest(manifest, undefined)]

/** Bytes of a manifest, or a payload that says something else. What is taken can be built and is the same again. */
function feedManifest(random: Random): boolean {
  const bytes = random.chance(0.5)
    ? mutate(manifests[0]!, manifests, random)
    : envelope(mutateData({ format: 1, ...manifest }, random))
  const read = parseManifest(bytes, undefined)
  assert(parseManifest(bytes, []).manifest === undefined, 'taken without a signature')
  if (read.manifest === undefined) return false
  assert(bytes.length <= MAX_MANIFEST)
  const again = parseManifest(buildManifest(read.manifest, undefined), undefined)
  assert(isDeepStrictEqual(again.manifest, read.manifest), 'another manifest the second time')
  return true
}

/** With the checksum that its bytes ask for, so that what is behind it gets its turn. */
function signed(bytes: Buffer): string {
  const text = bytes.toString()
  const rest = text.slice(text.indexOf('\n') + 1)
  return `${hasher.digestText(rest)}\n${rest}`
}

function feedPack(bytes: Buffer, random: Random): boolean {
  if (random.chance(0.7)) signPack(bytes)
  const records = unpack(bytes, hasher)
  if (typeof records !== 'string') {
    const length = records.reduce((sum, record) => sum + record.bytes.length, 0)
    assert(length < bytes.length, 'more bytes than there are')
  }
  const size = random.chance(0.9) ? bytes.length : random.integer(0, 2 ** 40)
  const head = bytes.subarray(0, 32)
  if (head.length === 32) isPackHeader(head)
  const wanted = random.integer(0, bytes.length)
  let index = parseTail(bytes.subarray(bytes.length - wanted), size, hasher)
  if (index === 'more') {
    const tail = tailSize(bytes)
    assert(Number.isSafeInteger(tail) && tail >= FOOTER_SIZE)
    // the tail is in the file, or the file is refused: nothing is allocated for what is not there
    assert(tail <= size, `a tail of ${tail} bytes in a file of ${size}`)
    index = parseTail(bytes, size, hasher)
  }
  if (index === undefined || index === 'more') return false
  const { count, rows, recordsEnd } = index
  assert(rows.byteLength === count * 48 && recordsEnd <= size)
  for (let row = 0; row < count; row++) {
    assert.match(rowName(rows, row), /^[0-9a-f]{32}$/)
    assert.match(rowVariant(rows, row), /^[0-9a-f]{16}$/)
    assert(rowOffset(rows, row) + rowLength(rows, row) + rowAhead(rows, row) < 2 ** 53)
  }
  return true
}

function signPack(bytes: Buffer): void {
  const footer = bytes.length - FOOTER_SIZE
  if (footer < 0) return
  const start = footer - bytes.readUInt32LE(footer + 8) * 48
  if (start < 0) return
  bytes.writeBigUInt64LE(hasher.check64(bytes.subarray(start, footer + 16)), footer + 16)
}

/** What decodes can be encoded, and is the same again. */
function feedValue(bytes: Buffer): boolean {
  const decoded = codec.decode(bytes)
  assert(
    !('polluted' in {}) && Object.keys(Object.prototype).length === 0,
    'a foreign prototype was written to',
  )
  if (decoded === undefined) return false
  const encoded = codec.encode(decoded.value)
  if (!('bytes' in encoded)) return true
  const again = codec.decode(encoded.bytes)
  assert(again !== undefined, 'what was encoded does not decode')
  const twice = codec.encode(again.value)
  assert('bytes' in twice && twice.bytes.equals(encoded.bytes), 'other bytes the second time')
  return true
}

function feedEntry(bytes: Buffer): boolean {
  const entry = codec.decodeEntry(bytes)
  if (entry === undefined) return false
  const encoded = codec.encodeEntry(entry)
  const again = codec.decodeEntry(encoded)
  assert(again !== undefined, 'what was encoded does not decode')
  assert(codec.encodeEntry(again).equals(encoded), 'another entry the second time')
  assert.match(codec.variantOf(entry), /^[0-9a-f]{16}$/)
  return true
}

function feedOrder(bytes: Buffer, random: Random): boolean {
  const lines = bytes.toString('latin1').split('\n')
  if (random.chance(0.6) && lines.length > 2) {
    const text = `${lines[0]}\n${lines[1]}\n`
    lines[2] = `check ${hasher.check64(Buffer.from(text)).toString(16).padStart(16, '0')}`
  }
  const record = parseOrderRecord(Buffer.from(lines.join('\n'), 'latin1'), hasher)
  if (record === undefined) return false
  assert(isDeepStrictEqual(parseOrderRecord(buildOrderRecord(record, hasher), hasher), record))
  return true
}

/** A chain of sets with links of any bytes, some under names that are not theirs: those may form a ring. */
function feedSet(random: Random, bytes: Buffer): boolean {
  const blobs = new Map<Digest, Buffer>()
  const names = ['a', 'b', 'c'].map((letter) => letter.repeat(32) as Digest)
  for (let length = random.integer(1, 5); length > 0; length--) {
    const link = [
      random.pick([null, names[0], names.at(-1), 7]),
      random.pick([['file', 'a.js', '1'], [], ['odd']]),
    ]
    const blob = random.chance(0.9) ? plain(codec.encode(link)) : bytes
    const name = random.chance(0.7) ? hasher.digestBytes(blob) : random.pick(names)
    blobs.set(name, blob)
    names.unshift(name)
  }
  const store = { content: (name: Digest) => blobs.get(name) } as unknown as Store
  const sets = createInputSets(hasher, codec, store)
  const answer = sets.failing(names[0]!, { sets: new Map(), holds: () => true })
  sets.blobs(names[0]!, { has: () => false, visited: new Set() })
  return answer === null
}

function feedFacts(random: Random): boolean {
  const table = {
    format: 1,
    folded: ['a'],
    names: new Uint8Array(48),
    hits: new Float64Array([1, 2]),
    lastUsed: new Float64Array([1, 2]),
    tags: new Map([['tag', new Uint8Array(16)]]),
  }
  const others = [
    null,
    1,
    [],
    new Map(),
    new Uint8Array(3),
    new Float64Array(9),
    [1],
    new Map([[1, 2]]),
    new Map([['a', 'b']]),
  ]
  const bytes = plain(
    codec.encode({ ...table, [random.pick(Object.keys(table))]: random.pick(others) }),
  )
  const touches = noTouches()
  const folded = decodeFacts(codec, bytes, touches)
  for (const [key, tags] of touches.tags)
    for (const tag of tags) assert.equal(`${typeof key} ${typeof tag}`, 'string string')
  for (const id of folded) assert.equal(typeof id, 'string')
  return folded.size > 0
}

function feedDocument(bytes: Buffer, random: Random): boolean {
  if (random.chance(0.7) && bytes.length > 28) {
    const check = hasher.check64(bytes.subarray(28)).toString(16).padStart(16, '0')
    bytes.write(`{"check":"${check}",`)
  }
  const { document } = decodeDocument(bytes, hasher)
  asBuildRecord(document)
  return document !== undefined
}
