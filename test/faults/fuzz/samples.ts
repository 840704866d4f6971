import { createCodec, plain } from '../../../src/engine/codec.ts'
import { openHasher } from '../../../src/key/index.ts'
import type { Pack } from '../../../src/store/index.ts'
import { parseTail, rowKind, rowLength, rowOffset } from '../../../src/store/pack.ts'
import { KIND } from '../../../src/store/types.ts'
import { filesOf } from '../smallStore.ts'

/** Whole bytes of each format. */
export interface Samples {
  readonly packs: readonly Buffer[]
  readonly values: readonly Buffer[]
  readonly entries: readonly Buffer[]
  readonly orders: readonly Buffer[]
  /** Files of build records, and their JSON. */
  readonly records: readonly Buffer[]
  readonly documents: readonly string[]
  readonly notes: readonly Buffer[]
  /** Their files are not open. */
  readonly openPacks: readonly Pack[]
}

/** Takes apart the store that writeSmallStore wrote. */
export async function samplesOf(dir: string): Promise<Samples> {
  const hasher = await openHasher()
  const codec = createCodec(hasher)
  const files = filesOf(dir)
  const of = (folder: string): Buffer[] =>
    files.filter(({ path }) => path.startsWith(folder)).map(({ bytes }) => bytes)

  const values = odd.map((value) => plain(codec.encode(value)))
  const entries: Buffer[] = []
  const openPacks: Pack[] = []
  for (const { path, bytes } of files.filter((file) => file.path.startsWith('packs'))) {
    const index = parseTail(bytes, bytes.length, hasher)
    if (index === undefined || index === 'more') throw new Error('no pack')
    const sha = path.slice('packs/'.length, -'.pack'.length)
    openPacks.push({ ...index, sha, fd: -1, size: bytes.length, rank: 0, age: 0, gone: false })
    for (let row = 0; row < index.count; row++) {
      const at = rowOffset(index.rows, row)
      const record = bytes.subarray(at, at + rowLength(index.rows, row))
      if (record.length === 0) continue
      ;(rowKind(index.rows, row) === KIND.claim ? entries : values).push(record)
    }
  }
  const records = of('builds')
  const documents = records.map((bytes) => JSON.stringify(JSON.parse(String(bytes))))
  return {
    packs: of('packs'),
    values,
    entries,
    orders: of('order'),
    records,
    documents,
    notes: of('digests'),
    openPacks,
  }
}

const ring: unknown[] = [{}]
ring.push(ring, ring[0])

/** Values that need every tag of the tagged form, and patches of the plain one. */
const odd: readonly unknown[] = [
  {
    code: 'ü'.repeat(200),
    other: '\ud800'.repeat(200),
    map: { mappings: 'A'.repeat(300) },
    no: undefined,
  },
  [undefined, 1, -1, 1.5, -0, Number.NaN, 2 ** 40, true, false, null, 'short'],
  [1n, -(2n ** 70n), new Date(0), /a+/giu, new Set([1, 'a']), new Map([[{}, []]])],
  [
    new Uint8Array([1, 2, 3]).buffer,
    new DataView(new ArrayBuffer(4)),
    new Float64Array(2),
    new BigInt64Array(1),
  ],
  Object.assign([1, , 3], { label: 'x' }), // eslint-disable-line no-sparse-arrays
  [new TypeError('bad', { cause: new Error('why') }), Object('boxed'), Object(1), Object(true)],
  ring,
  { ['__proto__']: 1, constructor: 2 },
]
