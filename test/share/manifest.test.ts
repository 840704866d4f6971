import { randomBytes } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateKey, parseSigningKey, parseTrustedKeys, signBytes } from '../../src/share/keys.ts'
import {
  buildManifest,
  type Manifest,
  manifestName,
  MAX_MANIFEST,
  parseManifest,
} from '../../src/share/manifest.ts'
import { chooseMerged, MAX_SCOPE_PACKS, withinScope } from '../../src/share/merge.ts'
import { sha256, unwrapPack, wrapPack } from '../../src/share/transport.ts'

const key = generateKey('ci')
const signingKey = parseSigningKey(key.signing, 'x')
const trusted = parseTrustedKeys([key.trusted], 'x')
const hex = (digit: string): string => digit.repeat(64)

const manifest: Manifest = {
  family: 'app node-v22.12.0',
  scope: 'main',
  producer: 'github owner/app 1',
  time: 1_733_000_000_000,
  packs: [{ sha256: hex('a'), size: 100, content: { sha256: hex('b'), size: 50, encoding: 'br' } }],
}

describe('a manifest', () => {
  test('is read as it was written', () => {
    expect(parseManifest(buildManifest(manifest, signingKey), trusted)).toEqual({ manifest })
    expect(parseManifest(buildManifest(manifest, undefined), undefined)).toEqual({ manifest })
  })

  test('that nobody signed, or somebody else, is not read where keys are trusted', () => {
    const read = (bytes: Buffer): string | undefined => parseManifest(bytes, trusted).refused
    expect(read(buildManifest(manifest, undefined))).toMatch(/nobody signed/)
    const other = parseSigningKey(generateKey('ci').signing, 'x')
    expect(read(buildManifest(manifest, other))).toMatch(/no trusted key signed \(ci\)/)
    const renamed = JSON.parse(buildManifest(manifest, signingKey).toString()) as {
      signatures: { key: string }[]
    }
    renamed.signatures[0]!.key = 'other'
    expect(read(Buffer.from(JSON.stringify(renamed)))).toMatch(/no trusted key/)
    expect(parseManifest(buildManifest(manifest, signingKey), []).refused).toMatch(/no trusted key/)
  })

  test('each bit changed is refused, or says the same', () => {
    const bytes = buildManifest(manifest, signingKey)
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes)
      flipped[at]! ^= 1 << (at % 8)
      const read = parseManifest(flipped, trusted)
      if (read.manifest) expect(read.manifest).toEqual(manifest)
    }
  })

  test('a signature of other bytes is none of a manifest', () => {
    const { payload } = JSON.parse(buildManifest(manifest, undefined).toString()) as {
      payload: string
    }
    const signature = signBytes(signingKey, Buffer.from(payload))
    const envelope = { format: 1, payload, signatures: [{ key: 'ci', signature }] }
    expect(parseManifest(Buffer.from(JSON.stringify(envelope)), trusted).refused).toMatch(
      /no trusted/,
    )
  })

  test('whatever comes, nothing throws and nothing but its form passes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const envelope = { format: 1, payload: JSON.stringify(value), signatures: [] }
        expect(
          parseManifest(Buffer.from(JSON.stringify(envelope)), undefined).refused,
        ).toBeDefined()
        expect(parseManifest(Buffer.from(JSON.stringify(value)), undefined).refused).toBeDefined()
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseManifest(bytes, undefined).refused).toBeDefined()
      }),
    )
  })

  test.each<[string, (payload: Record<string, any>) => void]>([
    [
      'a path in the place of a digest',
      (payload) => (payload['packs'][0].sha256 = '../../../etc/passwd'),
    ],
    [
      'a path with the length of a digest',
      (payload) => (payload['packs'][0].content.sha256 = '../'.repeat(21) + 'x'),
    ],
    ['an address', (payload) => (payload['packs'][0].content.sha256 = 'https://evil.example/')],
    ['capital digits', (payload) => (payload['packs'][0].sha256 = hex('A'))],
    ['a size that is none', (payload) => (payload['packs'][0].size = -1)],
    ['a size that is too large', (payload) => (payload['packs'][0].size = 2 ** 40)],
    ['an unknown encoding', (payload) => (payload['packs'][0].content.encoding = 'eval')],
    ['too many packs', (payload) => (payload['packs'] = Array(33).fill(payload['packs'][0]))],
    ['a long text', (payload) => (payload['producer'] = 'x'.repeat(301))],
    ['another format', (payload) => (payload['format'] = 2)],
    ['a time that is none', (payload) => (payload['time'] = '1')],
  ])('with %s is refused', (_, change) => {
    const envelope = JSON.parse(buildManifest(manifest, undefined).toString()) as {
      payload: string
    }
    const payload = JSON.parse(envelope.payload) as Record<string, any>
    change(payload)
    envelope.payload = JSON.stringify(payload)
    expect(parseManifest(Buffer.from(JSON.stringify(envelope)), undefined).refused).toMatch(
      /another form/,
    )
  })

  test('that is too large is not even looked at', () => {
    const bytes = Buffer.alloc(MAX_MANIFEST + 1, ' ')
    buildManifest(manifest, undefined).copy(bytes)
    expect(parseManifest(bytes, undefined).refused).toMatch(/too large/)
  })

  test('has a name of its own for each family and scope, whatever they hold', () => {
    const names = [
      ['a', 'b c'],
      ['a b', 'c'],
      ['a","b', 'c'],
      ['a', 'b","c'],
      ['', 'a'],
      ['a', ''],
    ].map(([family, scope]) => manifestName({ family: family!, scope: scope! }))
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('on the way', () => {
  test('what shrinks is packed, what does not travels as it is', async () => {
    const text = Buffer.from('export default 1\n'.repeat(1000))
    const noise = randomBytes(5000)
    for (const [bytes, encoding] of [
      [text, 'br'],
      [noise, 'none'],
    ] as const) {
      const parcel = await wrapPack(bytes)
      expect(parcel.pack.content.encoding).toBe(encoding)
      expect(await unwrapPack(parcel.pack, parcel.bytes)).toEqual(bytes)
    }
  })

  test('a bomb is unpacked no further than the manifest says', async () => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 1 }
    const bomb = brotliCompressSync(Buffer.alloc(100_000_000), { params })
    expect(bomb.length).toBeLessThan(100_000)
    const content = { sha256: sha256(bomb), size: bomb.length, encoding: 'br' as const }
    const before = process.memoryUsage().arrayBuffers
    expect(await unwrapPack({ size: 1000, content }, bomb)).toMatch(/more than the manifest says/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })

  test('other bytes are refused before they are unpacked', async () => {
    const { pack, bytes } = await wrapPack(Buffer.from('a'.repeat(5000)))
    const flipped = Uint8Array.from(bytes)
    flipped[3]! ^= 1
    expect(await unwrapPack(pack, flipped)).toMatch(/another SHA-256/)
    expect(await unwrapPack(pack, bytes.subarray(1))).toMatch(/another size/)
    expect(await unwrapPack({ ...pack, size: 4999 }, bytes)).toMatch(/more than/)
    expect(await unwrapPack({ ...pack, size: 5001 }, bytes)).toMatch(/another size/)
  })
})

describe('the packs of a scope', () => {
  const packOf = (size: number, at: number): Manifest['packs'][number] => ({
    sha256: String(at).padStart(64, '0'),
    size,
    content: { sha256: hex('b'), size, encoding: 'none' },
  })

  test('are never too many, and the large ones are seldom merged', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e6 }), { maxLength: 40 }), (sizes) => {
        let packs: Manifest['packs'] = []
        let moved = 0
        for (const [at, size] of sizes.entries()) {
          const merged = chooseMerged(packs, size)
          const whole = merged.reduce((sum, each) => sum + each.size, size)
          moved += whole
          packs = [...packs.filter((each) => !merged.includes(each)), packOf(whole, at)]
          expect(packs.length).toBeLessThanOrEqual(MAX_SCOPE_PACKS)
        }
        const all = sizes.reduce((sum, size) => sum + size, 0)
        expect(packs.reduce((sum, { size }) => sum + size, 0)).toBe(all)
        expect(moved).toBeLessThanOrEqual(all * 12)
      }),
    )
  })

  test('the oldest go when they are too large together', () => {
    const MiB = 1024 * 1024
    const packs = [300, 200, 200, 100].map((size, at) => packOf(size * MiB, at))
    expect(withinScope(packs)).toEqual(packs.slice(1))
    expect(withinScope([packOf(900 * MiB, 1)])).toHaveLength(1)
  })
})
