import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { tempDir } from '../support/temp.ts'
import { agePacks, type CheckedStore, claim, name, openChecked, textOf } from './checkedStore.ts'

const KEYS = ['a', 'b', 'c']
let whole: string

/** A store of two packs and a key with two claims. */
beforeAll(async () => {
  whole = tempDir()
  const { commit } = await openChecked(whole)
  await commit([claim('a', 'A'), claim('b', 'B')])
  await commit([claim('c', 'C'), claim('b', 'B2', { variant: '00000000000000bb' })])
  agePacks(whole, 2)
})

const GOOD: Record<string, string[]> = { a: ['A'], b: ['B', 'B2'], c: ['C'] }

/** Reads all there is: nothing may be wrong, and nothing may throw. */
function readAll({ store }: CheckedStore): string[] {
  const seen: string[] = []
  for (const key of KEYS) {
    for (const row of store.claims(name(key))) {
      const text = textOf(store, row)
      if (text === '(damaged)') continue
      expect(GOOD[key]).toContain(text)
      seen.push(text)
      const blob = store.blob(name(`blob of ${text}`))
      const read = blob && store.read(blob)
      if (read !== undefined) expect(read.bytes.toString()).toBe(`blob of ${text}`)
    }
  }
  return seen.sort()
}

/** Reads a copy with damage in one file. */
async function readDamaged(copy: string, file: string, bytes: Uint8Array): Promise<string[]> {
  const path = join(copy, file)
  const good = readFileSync(path)
  writeFileSync(path, bytes)
  const reader = await openChecked(copy, { readonly: true })
  const seen = readAll(reader)
  reader.store.close()
  writeFileSync(path, good)
  return seen
}

/** Damages one file of a copy, reads it, writes to it, and reads all of it. */
async function repairDamaged(file: string, damage: (path: string) => void): Promise<void> {
  const dir = tempDir()
  cpSync(whole, dir, { recursive: true })
  damage(join(dir, file))
  const writer = await openChecked(dir)
  readAll(writer)
  const claims = KEYS.map((key) => claim(key, GOOD[key]?.[0] as string))
  const verdicts = await writer.store.commit({ claims, withdrawals: [], usable: () => true })
  expect(verdicts.every(({ status }) => status !== 'failed')).toBe(true)
  const after = await openChecked(dir, { readonly: true })
  const seen = readAll(after)
  for (const key of KEYS) expect(seen).toContain(GOOD[key]?.[0])
  for (const { store } of [writer, after]) store.close()
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 0x44
  return copy
}

function filesOf(folder: string): string[] {
  return readdirSync(join(whole, folder)).map((file) => join(folder, file))
}

function copyOfStore(): string {
  const copy = tempDir()
  cpSync(whole, copy, { recursive: true, preserveTimestamps: true })
  return copy
}

describe('whatever happens to a file, what is read is right or absent', () => {
  test('each byte of each pack flipped', async () => {
    const copy = copyOfStore()
    for (const file of filesOf('packs')) {
      const bytes = readFileSync(join(whole, file))
      for (let at = 0; at < bytes.length; at++) await readDamaged(copy, file, flipped(bytes, at))
    }
  })

  test('each pack cut at each length', async () => {
    const copy = copyOfStore()
    for (const file of filesOf('packs')) {
      const bytes = readFileSync(join(whole, file))
      for (let size = 0; size < bytes.length; size++) {
        expect(await readDamaged(copy, file, bytes.subarray(0, size))).toHaveLength(2)
      }
    }
  })

  test('each byte of each order file flipped, and each cut: the packs are there, if without a number', async () => {
    const copy = copyOfStore()
    for (const file of filesOf('order')) {
      const bytes = readFileSync(join(whole, file))
      for (let at = 0; at < bytes.length; at++) {
        expect(await readDamaged(copy, file, flipped(bytes, at))).toEqual(['A', 'B', 'B2', 'C'])
        expect(await readDamaged(copy, file, bytes.subarray(0, at))).toHaveLength(4)
      }
    }
  })

  test('writers make good what is lost', async () => {
    for (const file of [...filesOf('packs'), ...filesOf('order')]) {
      const bytes = readFileSync(join(whole, file))
      for (let at = 3; at < bytes.length; at += 37) {
        await repairDamaged(file, (path) => writeFileSync(path, flipped(bytes, at)))
        await repairDamaged(file, (path) => truncateSync(path, at))
      }
    }
  })

  test('a file that grew, a folder in its place, another pack’s bytes, nothing', async () => {
    const [first, second] = filesOf('packs') as [string, string]
    await repairDamaged(first, (path) => writeFileSync(path, 'x', { flag: 'a' }))
    await repairDamaged(first, (path) => {
      rmSync(path)
      mkdirSync(path)
    })
    await repairDamaged(first, (path) => cpSync(join(whole, second), path))
    await repairDamaged(first, (path) => rmSync(path))
    const [number] = filesOf('order') as [string]
    await repairDamaged(number, (path) => rmSync(path))
    await repairDamaged(number, (path) => {
      rmSync(path)
      mkdirSync(path)
    })
  })
})

describe('what is damaged', () => {
  const firstPack = (dir: string): string =>
    join(dir, 'packs', readdirSync(join(dir, 'packs'))[0] as string)

  /** Flips a byte of the first record: found when it is read. */
  function flipRecord(dir: string): void {
    const file = firstPack(dir)
    const bytes = readFileSync(file)
    bytes[32] = (bytes[32] as number) ^ 1
    writeFileSync(file, bytes)
  }

  test('goes to quarantine/ with one fault, and is not counted any more', async () => {
    const dir = tempDir()
    const { commit, faults, store, texts } = await openChecked(dir)
    await commit([claim('a', 'A')])
    flipRecord(dir)
    expect(texts(name('a'))).toEqual(['(damaged)'])
    expect(texts(name('a'))).toEqual([])
    expect(faults).toEqual([
      { code: 'damaged', message: expect.stringContaining('another checksum') },
    ])
    expect(readdirSync(join(dir, 'packs'))).toEqual([])
    expect(readdirSync(join(dir, 'quarantine'))).toHaveLength(1)
    expect(await commit([claim('a', 'again')])).toEqual([{ status: 'stored' }])
    expect(store.view.packs).toHaveLength(1)
  })

  test('is read from a copy in another pack', async () => {
    const dir = tempDir()
    const { commit, store } = await openChecked(dir)
    await commit([claim('a', 'same')])
    store.close()
    // The order is lost, so the next writer does not rely on the blob that is there.
    const [loose] = readdirSync(join(dir, 'packs'))
    rmSync(join(dir, 'order/000000000001'))
    const next = await openChecked(dir)
    await next.commit([claim('b', 'same')])
    next.store.close()
    agePacks(dir, 2)
    const file = readdirSync(join(dir, 'packs')).find((other) => other !== loose) as string
    const path = join(dir, 'packs', file)
    writeFileSync(path, flipped(readFileSync(path), 32 + 'same'.length))
    for (const readonly of [true, false]) {
      const reader = await openChecked(dir, { readonly })
      expect(reader.store.content(name('blob of same'))?.toString()).toBe('blob of same')
      reader.store.close()
    }
  })

  test('stays where it is for a reader', async () => {
    const dir = tempDir()
    await (await openChecked(dir)).commit([claim('a', 'A')])
    flipRecord(dir)
    const reader = await openChecked(dir, { readonly: true })
    expect(reader.texts(name('a'))).toEqual(['(damaged)'])
    expect(reader.faults).toHaveLength(1)
    expect(readdirSync(join(dir, 'packs'))).toHaveLength(1)
    expect(readdirSync(join(dir, 'quarantine'))).toEqual([])
  })

  test('a build record that is no JSON goes too', async () => {
    const dir = tempDir()
    const { faults, store } = await openChecked(dir)
    await store.builds.write('one', { format: 1 })
    writeFileSync(join(dir, 'builds/two.json'), '{"format":')
    expect(store.builds.list().map((id) => store.builds.read(id))).toEqual([
      { format: 1 },
      undefined,
    ])
    expect(store.builds.list()).toEqual(['one'])
    expect(faults).toHaveLength(1)
    expect(readdirSync(join(dir, 'quarantine'))).toHaveLength(1)
  })

  test('is named by verify, and with fix moved', async () => {
    const dir = tempDir()
    const { commit, store } = await openChecked(dir)
    await commit([claim('a', 'A')])
    expect(store.verify(false)).toMatchObject({ packs: 1, records: 2, damaged: [] })
    // The header is read by nobody else.
    const file = firstPack(dir)
    const bytes = readFileSync(file)
    bytes[20] = (bytes[20] as number) ^ 1
    writeFileSync(file, bytes)
    writeFileSync(join(dir, 'order/000000000002'), 'x')
    writeFileSync(join(dir, 'builds/x.json'), 'x')
    const damaged = [
      { file, detail: 'another SHA-256' },
      { file: join(dir, 'order/000000000002'), detail: 'no order record' },
      { file: join(dir, 'builds/x.json'), detail: 'no JSON' },
    ]
    expect(store.verify(false).damaged).toEqual(damaged)
    expect(store.verify(true).damaged).toEqual(damaged)
    expect(store.verify(true).damaged).toEqual(damaged.slice(1, 2))
    expect(readdirSync(join(dir, 'quarantine'))).toHaveLength(2)
  })
})
