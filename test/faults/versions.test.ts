import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCache, prune, readBuilds, verifyStore } from '../../src/engine/index.ts'
import { packEntry, unpackEntry } from '../../src/engine/entry.ts'
import { buildOrderRecord } from '../../src/store/order.ts'
import { buildPack, FOOTER_SIZE, tailSize } from '../../src/store/pack.ts'
import { KIND } from '../../src/store/types.ts'
import { hasher } from '../store/checkedStore.ts'
import { tempDir } from '../support/temp.ts'

// Two versions of this package on one store: what the other one wrote is a miss, and stays.

const request = (id: string) => ({ namespace: 'test', parts: { id } })

/** Remembers keys in a session of its own; says `hit` or how each was committed. */
async function session(dir: string, ...ids: string[]): Promise<string[]> {
  const cache = await openCache({ dir })
  const results: Awaited<ReturnType<typeof cache.remember<string>>>[] = []
  for (const id of ids) results.push(await cache.remember(request(id), () => `value of ${id}`))
  await cache.close()
  expect(results.map(({ value }) => value)).toEqual(ids.map((id) => `value of ${id}`))
  const ends = await Promise.all(results.map(({ committed }) => committed))
  return ends.map(({ status }, i) => (results[i]!.status === 'hit' ? 'hit' : status))
}

const namesIn = (dir: string, folder: string): string[] => readdirSync(join(dir, folder)).sort()

/** Gives a pack the next number. */
function publish(dir: string, bytes: Buffer): string {
  const sha = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(join(dir, 'packs', `${sha}.pack`), bytes)
  const next = Number(namesIn(dir, 'order').at(-1) ?? 0) + 1
  const record = buildOrderRecord({ kind: 'pack', packs: [{ sha, withdraws: false }] }, hasher)
  writeFileSync(join(dir, 'order', String(next).padStart(12, '0')), record)
  return `${sha}.pack`
}

/** A pack as another version would write it: the same frame with another number, and a checksum that fits. */
function ofOtherVersion(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes)
  const footer = other.length - FOOTER_SIZE
  for (const at of [8, footer + 12]) other.writeUInt32LE(2, at)
  const start = other.length - tailSize(other)
  other.writeBigUInt64LE(hasher.check64(other.subarray(start, footer + 16)), footer + 16)
  return other
}

describe('a pack of another version', () => {
  async function withForeign(dir: string): Promise<string> {
    await session(dir, 'a', 'b')
    const [first] = namesIn(dir, 'packs')
    return publish(dir, ofOtherVersion(readFileSync(join(dir, 'packs', first!))))
  }

  test('is not read, and nobody moves or deletes it', async () => {
    const dir = tempDir()
    const foreign = await withForeign(dir)
    expect(await session(dir, 'a', 'b', 'c')).toEqual(['hit', 'hit', 'stored'])
    expect((await verifyStore(dir, { fix: true })).damaged).toEqual([])
    for (let i = 0; i < 2; i++) expect(await prune({ dir })).toMatchObject({ status: 'done' })
    expect(await session(dir, 'a', 'b', 'c')).toEqual(['hit', 'hit', 'hit'])
    expect(namesIn(dir, 'packs')).toContain(foreign)
    expect(namesIn(dir, 'quarantine')).toEqual([])
  })

  test('goes when it is as old as entries that nobody uses', async () => {
    const dir = tempDir()
    const foreign = await withForeign(dir)
    const old = Date.now() / 1000 - 31 * 24 * 60 * 60
    utimesSync(join(dir, 'packs', foreign), old, old)
    expect(await prune({ dir })).toMatchObject({ status: 'done' })
    expect(namesIn(dir, 'packs')).not.toContain(foreign)
    expect(await session(dir, 'a')).toEqual(['hit'])
  })

  test('is told from a damaged one by its name', async () => {
    const dir = tempDir()
    await session(dir, 'a')
    const [name] = namesIn(dir, 'packs')
    const file = join(dir, 'packs', name!)
    writeFileSync(file, ofOtherVersion(readFileSync(file)))
    expect(await session(dir, 'a')).toEqual(['stored'])
    expect(existsSync(file)).toBe(true)
    const { damaged } = await verifyStore(dir, { fix: true })
    expect(damaged.map((one) => one.file)).toEqual([file])
    expect(existsSync(file)).toBe(false)
    expect(await session(dir, 'a')).toEqual(['hit'])
  })
})

test('an entry of another version is a miss, and another one stands beside it', async () => {
  const dir = tempDir()
  await session(dir, 'other')
  const key = hasher.keyOf(request('a'))
  const entry = { namespace: 'test', label: '', key, inputs: [], sets: [], outcome: key, size: 1 }
  const made = { createdAt: 1, computeMs: 1, build: '', tags: [], note: '' }
  const packed = packEntry({ ...entry, ...made } as Parameters<typeof packEntry>[0]) as unknown[]
  expect(unpackEntry(packed)).toBeDefined()
  const bytes = Buffer.from(JSON.stringify([2, ...packed.slice(1), { more: 'of it' }]))
  const variant = '00000000000000aa'
  const draft = { kind: KIND.claim, name: key, variant, bytes, ahead: false } as const
  const foreign = publish(dir, buildPack([draft], Buffer.alloc(16, 7), hasher))
  expect(await session(dir, 'a')).toEqual(['stored'])
  expect(await session(dir, 'a', 'other')).toEqual(['hit', 'hit'])
  expect((await verifyStore(dir, { fix: true })).damaged).toEqual([])
  expect(namesIn(dir, 'packs')).toContain(foreign)
})

test('an order file of another version keeps its number', async () => {
  const dir = tempDir()
  await session(dir, 'a')
  writeFileSync(join(dir, 'order/000000000002'), 'remember order 2\nsomething else\n')
  expect(await session(dir, 'a', 'b')).toEqual(['hit', 'stored'])
  expect(namesIn(dir, 'order')).toEqual(['000000000001', '000000000002', '000000000003'])
})

test('records of other versions stay, and unknown labels and files do no harm', async () => {
  const dir = tempDir()
  await session(dir, 'a')
  const [own] = namesIn(dir, 'builds')
  const text = readFileSync(join(dir, 'builds', own!), 'utf8')
  const record = JSON.parse(`{${text.slice(text.indexOf(',') + 1)}`) as Record<string, unknown>
  const put = (id: string, content: string): void =>
    writeFileSync(join(dir, 'builds', `${id}.json`), content)
  const checked = (document: object): string => {
    const rest = JSON.stringify(document).slice(1)
    return `{"check":"${hasher.check64(Buffer.from(rest)).toString(16).padStart(16, '0')}",${rest}`
  }
  put('2020-newer', checked({ ...record, format: 2, used: 'in another way' }))
  put('2020-older', JSON.stringify({ ...record, format: 0 }))
  put('2020-more', checked({ ...record, id: '2020-more', more: { of: 'it' } }))
  mkdirSync(join(dir, 'share'))
  writeFileSync(join(dir, 'share/manifest'), 'something')

  expect(await session(dir, 'a')).toEqual(['hit'])
  expect(await prune({ dir })).toMatchObject({ status: 'done' })
  expect((await readBuilds(dir)).map(({ id }) => id)).toContain('2020-more')
  expect(namesIn(dir, 'builds')).toEqual(
    expect.arrayContaining(['2020-newer.json', '2020-older.json']),
  )
  expect((await verifyStore(dir, { fix: true })).damaged).toEqual([])
  expect(existsSync(join(dir, 'share/manifest'))).toBe(true)
  expect(namesIn(dir, 'quarantine')).toEqual([])
})
