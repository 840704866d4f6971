import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  openCache,
  prune,
  readBuilds,
  type Cache,
  type OpenCacheOptions,
} from '../../src/engine/index.ts'
import { tempDir } from '../support/temp.ts'

const DAY = 24 * 60 * 60 * 1000

/** A session that lasts one second, on a day counted from the real one. */
async function session<T>(
  dir: string,
  day: number,
  use: (cache: Cache) => Promise<T>,
  options: Partial<OpenCacheOptions> = {},
): Promise<T> {
  let now = Date.now() + day * DAY
  const cache = await openCache({ dir, now: () => now, ...options })
  const result = await use(cache)
  now += 1000
  await cache.close({ day })
  return result
}

const remember = (cache: Cache, id: string, ...tags: string[]) =>
  cache.remember({ namespace: 'test', parts: { id }, tags, label: id }, () => id)

describe('tags', () => {
  test('are a union of all that were ever given, in order, and the first entry is not rewritten', async () => {
    const dir = tempDir()
    const { key } = await session(dir, 0, (cache) => remember(cache, 'a', 'z', 'b', 'z'))
    const packs = readdirSync(join(dir, 'packs'))
    await session(dir, 0, (cache) => remember(cache, 'a', 'a', 'b'))
    await session(dir, 0, (cache) => remember(cache, 'a', 'é', 'Z'))
    await session(dir, 0, async (cache) => {
      expect((await cache.facts(key))?.tags).toEqual(['Z', 'a', 'b', 'z', 'é'])
      // Of this session too, before it ends.
      await remember(cache, 'a', 'now')
      expect((await cache.facts(key))?.tags).toContain('now')
    })
    expect(readdirSync(join(dir, 'packs'))).toEqual(packs)
    const records = await readBuilds(dir)
    expect(records.map(({ tags }) => Object.keys(tags))).toEqual([['now'], ['Z', 'é'], ['a'], []])
  })

  test('of a caller whose result lost are kept as well', async () => {
    const dir = tempDir()
    const asked = { namespace: 'test', parts: {}, tags: ['first'] }
    const cache = await openCache({ dir })
    const reads = (recorder: { input(input: object): void }): number => {
      recorder.input({ kind: 'file', name: 'a', value: '1' })
      return 1
    }
    await cache.remember(asked, reads as never)
    const { key } = await cache.remember(
      { ...asked, tags: ['second', '__proto__'] },
      reads as never,
    )
    expect((await cache.facts(key))?.tags).toEqual(['__proto__', 'first', 'second'])
    await cache.close()
    const next = await openCache({ dir })
    expect((await next.facts(key))?.tags).toEqual(['__proto__', 'first', 'second'])
    await next.close()
  })
})

describe('facts', () => {
  test('tell what was stored and when it was used', async () => {
    const dir = tempDir()
    const start = Date.now()
    const { key } = await session(dir, 0, (cache) => remember(cache, 'a', 'docs'))
    const [first] = await readBuilds(dir)
    await session(dir, 2, async (cache) => {
      await remember(cache, 'a')
      await remember(cache, 'a')
      await remember(cache, 'a')
    })
    await session(dir, 1, (cache) => remember(cache, 'a'))
    const facts = await session(dir, 3, (cache) => cache.facts(key), { mode: 'readonly' })
    expect(facts).toMatchObject({
      key,
      namespace: 'test',
      label: 'a',
      build: first?.id,
      tags: ['docs'],
      hits: 4,
      size: expect.any(Number),
      computeMs: expect.any(Number),
    })
    expect(facts?.createdAt).toBeCloseTo(start, -4)
    expect(facts?.lastUsed).toBeCloseTo(start + 2 * DAY, -4)
  })

  test('of all entries, oldest first, pending ones too', async () => {
    const dir = tempDir()
    await session(dir, 1, (cache) => remember(cache, 'second'))
    await session(dir, 0, (cache) => remember(cache, 'first'))
    await session(dir, 2, async (cache) => {
      await remember(cache, 'third')
      expect((await cache.entries()).map(({ label }) => label)).toEqual([
        'first',
        'second',
        'third',
      ])
    })
  })

  test('of an entry that is not there', async () => {
    const dir = tempDir()
    const key = await session(tempDir(), 0, async (cache) => (await remember(cache, 'a')).key)
    expect(await session(dir, 0, (cache) => cache.facts(key))).toBe(undefined)
  })

  test('survive a compaction, and are not counted twice', async () => {
    const dir = tempDir()
    const { key } = await session(dir, 0, (cache) => remember(cache, 'a', 'own'))
    await session(dir, 1, (cache) => remember(cache, 'a', 'given'))
    const read = () => session(dir, 3, (cache) => cache.facts(key), { mode: 'readonly' })
    const before = await read()
    expect(before).toMatchObject({ hits: 1, tags: ['given', 'own'] })
    for (let i = 0; i < 3; i++) {
      expect(await prune({ dir })).toMatchObject({ status: 'done', droppedEntries: 0, packs: 2 })
      expect(await read()).toEqual(before)
    }
    await session(dir, 2, (cache) => remember(cache, 'a', 'later'))
    await prune({ dir })
    expect(await read()).toMatchObject({ hits: 2, tags: ['given', 'later', 'own'] })
    // What is folded does not need the records any more.
    rmSync(join(dir, 'builds'), { recursive: true })
    expect(await read()).toMatchObject({ hits: 2, tags: ['given', 'later', 'own'] })
  })

  test('of a session that lasts over a compaction are kept', async () => {
    const dir = tempDir()
    await session(dir, -9, async (cache) => {
      await remember(cache, 'a')
      await remember(cache, 'x'.repeat(5000))
    })
    await session(dir, 0, (cache) => remember(cache, 'a'))
    const long = await openCache({ dir })
    const { key } = await remember(long, 'a', 'during')
    const [pack] = readdirSync(join(dir, 'packs'))
    expect(await prune({ dir, maxAge: DAY })).toMatchObject({ droppedEntries: 1 })
    expect(readdirSync(join(dir, 'packs'))).not.toContain(pack)
    await remember(long, 'a')
    await long.close()
    const facts = await session(dir, 0, (cache) => cache.facts(key))
    expect(facts).toMatchObject({ hits: 3, tags: ['during'] })
  })
})

describe('build records', () => {
  test('say what a session did', async () => {
    const dir = tempDir()
    const build = await session(dir, 0, async (cache) => {
      await remember(cache, 'a')
      await remember(cache, 'b')
      await remember(cache, 'a')
      await cache.remember({ namespace: 'test', parts: {} }, ({ refuse }) => refuse('no'))
      return cache.build
    })
    const [record] = await readBuilds(dir)
    expect(record).toMatchObject({
      format: 1,
      id: build,
      host: { node: process.version, platform: process.platform },
      stored: { stored: 2, already_exists: 0, race_lost: 0, not_stored: 1 },
      faults: [],
      notes: { day: 0 },
    })
    expect((record?.endedAt ?? 0) - (record?.startedAt ?? 0)).toBe(1000)
    expect(Object.keys(record?.used ?? {})).toEqual([
      readdirSync(join(dir, 'packs'))[0]?.slice(0, 64),
    ])
  })

  test('are read newest first, as many as asked for, whatever else lies there', async () => {
    const dir = tempDir()
    for (const day of [1, 0, 2]) await session(dir, day, async () => {})
    for (const [name, text] of Object.entries({
      '2999-a.json': '{"format":1,',
      '2999-b.json': '[]',
      '2999-c.json': '{"format":2}',
      '2999-d.json': '{"format":1,"id":1}',
      'notes.txt': 'x',
    })) {
      writeFileSync(join(dir, 'builds', name), text)
    }
    const days = (await readBuilds(dir)).map(({ notes }) => notes.day)
    expect(days).toEqual([2, 1, 0])
    expect((await readBuilds(dir, 1)).map(({ notes }) => notes.day)).toEqual([2])
    expect(await readBuilds(join(dir, 'nowhere'))).toEqual([])
  })

  test('are written once, by the first close', async () => {
    const dir = tempDir()
    const cache = await openCache({ dir })
    await Promise.all([cache.close({ call: 1 }), cache.close({ call: 2 })])
    await cache.close({ call: 3 })
    expect((await readBuilds(dir)).map(({ notes }) => notes)).toEqual([{ call: 1 }])
  })
})
