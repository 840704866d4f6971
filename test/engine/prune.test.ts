import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  openCache,
  prune,
  readBuilds,
  verifyStore,
  type Cache,
  type Input,
  type OpenCacheOptions,
} from '../../src/engine/index.ts'
import { checkFiles } from '../store/checkedStore.ts'
import { tempDir } from '../support/temp.ts'

const DAY = 24 * 60 * 60 * 1000
const KB = 1024

async function session<T>(
  dir: string,
  day: number,
  use: (cache: Cache) => Promise<T>,
  options: Partial<OpenCacheOptions> = {},
): Promise<T> {
  const now = Date.now() + day * DAY
  const cache = await openCache({ dir, now: () => now, ...options })
  const result = await use(cache)
  await cache.close()
  return result
}

const valueOf = (id: string): string => `${id} `.repeat(5 * KB).slice(0, 10 * KB)

async function remember(cache: Cache, ...ids: readonly string[]): Promise<string[]> {
  const statuses: string[] = []
  for (const id of ids) {
    const { status, value } = await cache.remember({ namespace: 'test', parts: { id } }, () =>
      valueOf(id),
    )
    expect(value).toBe(valueOf(id))
    statuses.push(status)
  }
  return statuses
}

const isThere = (dir: string, ...ids: string[]) =>
  session(dir, 0, (cache) => remember(cache, ...ids), { mode: 'readonly' })

function sizeOf(dir: string): number {
  const packs = join(dir, 'packs')
  return readdirSync(packs).reduce((size, file) => size + statSync(join(packs, file)).size, 0)
}

describe('prune', () => {
  test('drops what was not used for long, by use and not by age', async () => {
    const dir = tempDir()
    await session(dir, 0, (cache) => remember(cache, 'used', 'unused'))
    await session(dir, 5, (cache) => remember(cache, 'new'))
    await session(dir, 9, (cache) => remember(cache, 'used'))
    const pruned = await prune({ dir, maxAge: 7 * DAY, now: () => Date.now() + 10 * DAY })
    expect(pruned).toMatchObject({ status: 'done', droppedEntries: 1 })
    expect(pruned.size).toBe(sizeOf(dir))
    expect(await isThere(dir, 'used', 'unused', 'new')).toEqual(['hit', 'miss', 'hit'])
    checkFiles(dir)
  })

  test('drops the least recently used until the rest fits', async () => {
    const dir = tempDir()
    for (const [day, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      await session(dir, day, (cache) => remember(cache, id))
    }
    await session(dir, 8, (cache) => remember(cache, 'a'))
    const maxSize = 36 * KB
    expect(sizeOf(dir)).toBeGreaterThan(maxSize)
    const pruned = await prune({ dir, maxSize, maxAge: 100 * DAY, now: () => Date.now() + 9 * DAY })
    expect(pruned).toMatchObject({ status: 'done', droppedEntries: 2 })
    expect(sizeOf(dir)).toBeLessThan(maxSize)
    expect(await isThere(dir, 'a', 'b', 'c', 'd', 'e')).toEqual([
      'hit',
      'miss',
      'miss',
      'hit',
      'hit',
    ])
  })

  test('keeps what entries share: blobs, and sets of inputs with their history', async () => {
    const dir = tempDir()
    const file = (name: string): Input => ({ kind: 'file', name, value: '1' })
    const check = { sets: new Map(), holds: () => true }
    const store = (cache: Cache, id: string, set: Parameters<Cache['inputSet']>[0]) =>
      cache.remember({ namespace: 'test', parts: { id } }, (recorder) => {
        if (set !== undefined) recorder.inputs(set)
        return 'the same value'
      })
    await session(dir, 0, async (cache) => {
      const old = cache.inputSet(undefined, [file('a')])
      const newer = cache.inputSet(old, [file('b')])
      await store(cache, 'dropped', old)
      await cache.flush()
      await store(cache, 'kept', newer)
    })
    await session(dir, 9, (cache) =>
      cache.remember({ namespace: 'test', parts: { id: 'kept' } }, () => 0, { check }),
    )
    await prune({ dir, maxAge: 5 * DAY, now: () => Date.now() + 10 * DAY })
    await session(dir, 10, async (cache) => {
      const find = (id: string) =>
        cache.remember({ namespace: 'test', parts: { id } }, () => 0, {
          check: { ...check, sets: new Map() },
        })
      expect(await find('kept')).toMatchObject({ status: 'hit', value: 'the same value' })
      expect(await find('dropped')).toMatchObject({ status: 'miss' })
    })
  })

  test('leaves whole packs alone that are needed', async () => {
    const dir = tempDir()
    await session(dir, 0, (cache) => remember(cache, 'a', 'b', 'c'))
    const [needed] = readdirSync(join(dir, 'packs'))
    await session(dir, 0, (cache) => remember(cache, 'd'))
    await session(dir, 9, (cache) => remember(cache, 'a', 'b'))
    await prune({ dir, maxAge: 5 * DAY, now: () => Date.now() + 10 * DAY })
    expect(readdirSync(join(dir, 'packs'))).toContain(needed)
    expect(await isThere(dir, 'a', 'b', 'd')).toEqual(['hit', 'hit', 'miss'])
  })

  test('two at the same time: one does it, nothing is lost', async () => {
    const dir = tempDir()
    for (const id of ['a', 'b', 'c']) await session(dir, 0, (cache) => remember(cache, id))
    const results = await Promise.all([prune({ dir }), prune({ dir })])
    expect(results.map(({ status }) => status)).toContain('done')
    expect(await isThere(dir, 'a', 'b', 'c')).toEqual(['hit', 'hit', 'hit'])
    checkFiles(dir)
  })

  test('keeps what withdrawals mean', async () => {
    const dir = tempDir()
    const asked = { namespace: 'test', parts: {} }
    await session(dir, 0, (cache) => cache.remember(asked, () => 'wrong'))
    await session(dir, 0, (cache) => cache.remember(asked, () => 'right'), { mode: 'refresh' })
    await session(dir, 0, (cache) => cache.remember({ ...asked, parts: { x: 1 } }, () => 'gone'))
    await session(dir, 0, (cache) => cache.remember({ ...asked, parts: { x: 1 } }, () => 0), {
      mode: 'verify',
    })
    for (let i = 0; i < 2; i++) {
      await session(
        dir,
        0,
        async (cache) => {
          expect(await cache.remember(asked, () => 0)).toMatchObject({ value: 'right' })
          const other = await cache.remember({ ...asked, parts: { x: 1 } }, () => 0)
          expect(other.status).toBe('miss')
        },
        { mode: 'readonly' },
      )
      await prune({ dir })
    }
  })

  test('removes old build records, but keeps the newest fifty and the young', async () => {
    const dir = tempDir()
    for (let i = 0; i < 60; i++) await session(dir, i / 60, (cache) => remember(cache, 'a'))
    const at = (day: number) => ({ dir, maxAge: 7 * DAY, now: () => Date.now() + day * DAY })
    await prune(at(2))
    expect(await readBuilds(dir)).toHaveLength(60)
    await session(dir, 9, (cache) => remember(cache, 'a'))
    await prune(at(10))
    expect(await readBuilds(dir)).toHaveLength(50)
    await session(dir, 10, async (cache) => {
      const [entry] = await cache.entries()
      expect(entry).toMatchObject({ hits: 60 })
    })
  })

  test('of a folder that is no store does nothing', async () => {
    const dir = tempDir()
    expect(await prune({ dir: join(dir, 'x') })).toMatchObject({ status: 'skipped', size: 0 })
    expect(readdirSync(dir)).toEqual([])
  })
})

describe('close prunes by itself', () => {
  test('when the packs exceed the limit', async () => {
    const dir = tempDir()
    const maxSize = 100 * KB
    for (let day = 0; day < 12; day++) {
      await session(dir, day, (cache) => remember(cache, `${day}`, `${day}b`), { maxSize })
      expect(sizeOf(dir)).toBeLessThan(maxSize)
    }
    expect(await isThere(dir, '11', '0')).toEqual(['hit', 'miss'])
  })

  test('when there are many small packs', async () => {
    const dir = tempDir()
    const ids = Array.from({ length: 70 }, (_, i) => `${i}`)
    for (const id of ids) await session(dir, 0, (cache) => remember(cache, id))
    expect(readdirSync(join(dir, 'packs')).length).toBeLessThan(20)
    expect(readdirSync(join(dir, 'order')).length).toBeLessThan(20)
    expect(new Set(await isThere(dir, ...ids))).toEqual(new Set(['hit']))
    checkFiles(dir)
  })

  test('once a day, for age', async () => {
    const dir = tempDir()
    const maxAge = 3 * DAY
    await session(dir, 0, (cache) => remember(cache, 'a', 'b'), { maxAge })
    await session(dir, 2, (cache) => remember(cache, 'a'), { maxAge })
    await session(dir, 4, (cache) => remember(cache, 'c'), { maxAge })
    expect(await isThere(dir, 'a', 'b', 'c')).toEqual(['hit', 'miss', 'hit'])
  })

  test('and other sessions of the process go on', async () => {
    const dir = tempDir()
    const long = await openCache({ dir })
    await remember(long, 'a')
    for (let i = 0; i < 3; i++) {
      await session(dir, 0, (cache) => remember(cache, `other ${i}`))
      await prune({ dir })
      expect(await remember(long, 'a', `other ${i}`)).toEqual(['hit', 'hit'])
      await remember(long, `long ${i}`)
    }
    await long.close()
    expect(await isThere(dir, 'a', 'other 2', 'long 2')).toEqual(['hit', 'hit', 'hit'])
    expect(long.faults).toEqual([])
  })
})

describe('verifyStore', () => {
  test('counts what is whole', async () => {
    const dir = tempDir()
    await session(dir, 0, (cache) => remember(cache, 'a', 'b'))
    expect(await verifyStore(dir)).toEqual({ packs: 1, entries: 2, size: sizeOf(dir), damaged: [] })
  })
})
