import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCache } from '../../src/engine/index.ts'
import type { ImportedPack } from '../../src/engine/travel/importPack.ts'
import { exportPack, importPack } from '../../src/engine/travel/index.ts'
import { createCodec } from '../../src/engine/codec.ts'
import type { Entry } from '../../src/engine/entry.ts'
import { openHasher, type Digest, type KeyDigest } from '../../src/key/index.ts'
import { buildPack, KIND, NO_VARIANT, type Draft } from '../../src/store/index.ts'
import { tempDir } from '../support/temp.ts'

const namespaces = ['n']
const history = [{ kind: 'env', name: 'LANG', value: 'f0' }]

/** A pack of two entries that share a history. */
async function smallPack(): Promise<Buffer> {
  const dir = tempDir()
  const cache = await openCache({ dir })
  for (const label of ['a', 'b']) {
    await cache.remember({ namespace: 'n', parts: { label } }, (recorder) => {
      recorder.inputs(
        cache.inputSet(cache.inputSet(undefined, history), [{ ...history[0]!, name: 'B' }]),
      )
      return `value of ${label}`
    })
  }
  await cache.close()
  const request = { namespaces, known: new Set<never>(), carried: new Set<never>(), maxSize: 1e9 }
  return (await exportPack({ dir, ...request }))!.bytes
}

async function importInto(dir: string, bytes: Buffer): Promise<ImportedPack> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return await importPack({ dir, bytes, sha256, namespaces })
}

/** What a build there gets for the two labels; undefined where nothing is stored. */
async function read(dir: string): Promise<(string | undefined)[]> {
  const cache = await openCache({ dir, mode: 'readonly' })
  const check = { holds: () => true, sets: new Map() }
  const found: (string | undefined)[] = []
  for (const label of ['a', 'b']) {
    const request = { namespace: 'n', parts: { label } }
    const { status, value } = await cache.remember(request, () => 'computed', { check })
    found.push(status === 'hit' ? value : undefined)
  }
  await cache.close()
  return found
}

function packsIn(dir: string): string[] {
  try {
    return readdirSync(path.join(dir, 'packs'))
  } catch {
    return []
  }
}

test('a pack is taken in whole, and a second time adds nothing', async () => {
  const bytes = await smallPack()
  const dir = tempDir()
  expect(await importInto(dir, bytes)).toMatchObject({ status: 'kept', added: 2 })
  expect(await read(dir)).toEqual(['value of a', 'value of b'])
  expect(await importInto(dir, bytes)).toMatchObject({ status: 'kept', added: 0 })
  expect(packsIn(dir)).toHaveLength(1)
})

test('each byte flipped: another SHA-256, and nothing is kept', async () => {
  const bytes = await smallPack()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const dir = tempDir()
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1 << (at % 8)
    const { status } = await importPack({ dir, bytes: flipped, sha256, namespaces })
    expect(status).toBe('refused')
  }
  expect(packsIn(dir)).toEqual([])
})

test('each byte flipped under its own SHA-256: refused, or of no effect', async () => {
  const bytes = await smallPack()
  const kept: number[] = []
  let dir = tempDir()
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1 << (at % 8)
    const { status } = await importInto(dir, flipped)
    if (status === 'refused') expect(packsIn(dir)).toEqual([])
    else {
      kept.push(at)
      expect(await read(dir)).toEqual(['value of a', 'value of b'])
      dir = tempDir()
    }
  }
  // the bytes that only make packs differ
  expect(kept).toEqual(Array.from({ length: 16 }, (_, at) => 16 + at))
})

test('cut off anywhere, or with more behind', async () => {
  const bytes = await smallPack()
  const dir = tempDir()
  for (let length = 0; length < bytes.length; length += 7) {
    expect((await importInto(dir, bytes.subarray(0, length))).status).toBe('refused')
  }
  expect((await importInto(dir, Buffer.concat([bytes, bytes]))).status).toBe('refused')
  expect((await importInto(dir, Buffer.concat([bytes, Buffer.alloc(3)]))).status).toBe('refused')
})

describe('made up by somebody who knows the format', () => {
  const hasher = openHasher()

  async function craft(change: (parts: Crafted) => readonly Draft[]): Promise<ImportedPack> {
    const codec = createCodec(await hasher)
    const blob = (content: unknown): Draft => {
      const encoded = codec.encode(content)
      if (!('bytes' in encoded)) throw new Error('no data')
      return blobOf(encoded.bytes)
    }
    const digestBytes = (await hasher).digestBytes
    const blobOf = (bytes: Buffer): Draft => ({
      kind: KIND.blob,
      name: digestBytes(bytes),
      variant: NO_VARIANT,
      bytes,
      ahead: false,
    })
    const value = blob('a value')
    const entry = (more: Partial<Entry> = {}): Entry => ({
      namespace: 'n',
      label: 'a',
      key: '0123456789abcdef0123456789abcdef' as KeyDigest,
      inputs: [],
      sets: [],
      outcome: value.name,
      size: value.bytes.length,
      createdAt: 1_700_000_000_000,
      computeMs: 3,
      build: 'b',
      tags: [],
      note: '',
      ...more,
    })
    const claim = (more: Partial<Entry> = {}): Draft => {
      const made = entry(more)
      return {
        kind: KIND.claim,
        name: made.key,
        variant: codec.variantOf(made),
        bytes: codec.encodeEntry(made),
        ahead: false,
      }
    }
    const drafts = change({ value, blob, blobOf, claim })
    return await importInto(tempDir(), buildPack(drafts, Buffer.alloc(16), await hasher))
  }

  interface Crafted {
    readonly value: Draft
    readonly blob: (content: unknown) => Draft
    readonly blobOf: (bytes: Buffer) => Draft
    readonly claim: (more?: Partial<Entry>) => Draft
  }

  test('what is as it should be is kept', async () => {
    expect(await craft(({ claim, value }) => [claim(), value])).toMatchObject({ status: 'kept' })
    const withSet = await craft(({ claim, value, blob }) => {
      const first = blob([null, ['env', 'A', '1']])
      const second = blob([first.name, ['env', 'B', '1']])
      return [claim({ sets: [second.name] }), value, second, first]
    })
    expect(withSet).toMatchObject({ status: 'kept', added: 1 })
  })

  const other = 'f'.repeat(32) as Digest
  const bad: [string, (parts: Crafted) => readonly Draft[], RegExp][] = [
    [
      'a withdrawal',
      ({ claim, value }) => [claim(), value, { ...value, kind: KIND.withdrawal }],
      /does not travel/,
    ],
    [
      'facts',
      ({ claim, value }) => [claim(), value, { ...value, kind: KIND.facts }],
      /does not travel/,
    ],
    [
      'an unknown kind',
      ({ claim, value }) => [claim(), { ...value, kind: 9 as never }],
      /does not travel/,
    ],
    [
      'a blob under a wrong name',
      ({ claim, value }) => [claim({ outcome: other }), { ...value, name: other }],
      /name of another/,
    ],
    ['a blob twice', ({ claim, value }) => [claim(), value, value], /twice/],
    [
      'an entry under a wrong key',
      ({ claim, value }) => [{ ...claim(), name: other }, value],
      /name of another/,
    ],
    [
      'an entry with other inputs',
      ({ claim, value }) => [{ ...claim(), variant: '00000000000000aa' }, value],
      /inputs of another/,
    ],
    [
      'an entry of another namespace',
      ({ claim, value }) => [claim({ namespace: 'm' }), value],
      /another kind/,
    ],
    [
      'an entry that is no entry',
      ({ claim, value }) => [{ ...claim(), bytes: Buffer.from('{}') }, value],
      /that is none/,
    ],
    [
      'code in the place of an entry',
      ({ claim, value }) => [{ ...claim(), bytes: Buffer.from('process.exit(1)') }, value],
      /that is none/,
    ],
    ['no value', ({ claim }) => [claim()], /without its value/],
    [
      'a value of another size',
      ({ claim, value }) => [claim({ size: 1 }), value],
      /without its value/,
    ],
    ['no inputs', ({ claim, value }) => [claim({ sets: [other] }), value], /without its inputs/],
    [
      'a parent that is missing',
      ({ claim, value, blob }) => {
        const set = blob([other, ['env', 'A', '1']])
        return [claim({ sets: [set.name] }), value, set]
      },
      /without its inputs/,
    ],
    [
      'inputs that are none',
      ({ claim, value, blob }) => {
        const set = blob([null, ['env', 'A']])
        return [claim({ sets: [set.name] }), value, set]
      },
      /without its inputs/,
    ],
    [
      'bytes that nothing refers to',
      ({ claim, value, blob }) => [claim(), value, blob('more')],
      /nothing refers to/,
    ],
    [
      'a time to come',
      ({ claim, value }) => [claim({ createdAt: Date.now() + 1e10 }), value],
      /another time/,
    ],
    ['no time at all', ({ claim, value }) => [claim({ createdAt: -1 }), value], /another time/],
    [
      'an endless computation',
      ({ claim, value }) => [
        { ...claim(), bytes: Buffer.from(claim().bytes.toString().replace(',3,', ',1e15,')) },
        value,
      ],
      /too long/,
    ],
  ]
  test.each(bad)('%s', async (_, change, why) => {
    const imported = await craft(change)
    expect(imported.status).toBe('refused')
    expect((imported as { why: string }).why).toMatch(why)
  })

  test('rows that overlap, leave gaps or read ahead', async () => {
    const bytes = await smallPack()
    const count = bytes.readUInt32LE(bytes.length - 24)
    const rowsAt = Number(bytes.readBigUInt64LE(bytes.length - 32))
    const refusals: string[] = []
    for (const [field, value] of [
      [32, 32],
      [36, 1],
      [40, 99_999],
      [47, 1],
      [44, 1],
    ] as const) {
      const changed = Buffer.from(bytes)
      const at = rowsAt + 48 * (count - 1) + field
      if (field > 43) changed.writeUInt8(value, at)
      else changed.writeUInt32LE(value, at)
      const sum = (await hasher).check64(changed.subarray(rowsAt, bytes.length - 16))
      changed.writeBigUInt64LE(sum, bytes.length - 16)
      const imported = await importInto(tempDir(), changed)
      refusals.push(imported.status === 'kept' ? 'kept' : imported.why)
    }
    expect(refusals).toEqual([
      'records that are not back to back',
      'a row that asks for more than the next record',
      'a row that asks for more than the next record',
      'a row of another form',
      'records that are not back to back',
    ])
  })
})
