import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  openCache,
  prune,
  type Cache,
  type InputCheck,
  type Mode,
  type Recorder,
} from '../../src/engine/index.ts'
import { tempDir } from '../support/temp.ts'
import { startWorker } from './worker.ts'

const asked = { namespace: 'test', parts: { id: 'a' }, label: 'a.vue' }

async function session<T>(dir: string, mode: Mode, use: (cache: Cache) => Promise<T>): Promise<T> {
  const cache = await openCache({ dir, mode })
  const result = await use(cache)
  await cache.close()
  return result
}

const remember = (value: unknown) => (cache: Cache) => cache.remember(asked, () => value)

async function read(dir: string): Promise<unknown> {
  const result = await session(dir, 'readonly', remember('computed'))
  return result.value
}

const checkOf = (files: Record<string, string>): InputCheck => ({
  sets: new Map(),
  holds: ({ name, value }) => files[name] === value,
})

describe('off', () => {
  test('computes, and neither reads nor writes', async () => {
    const dir = join(tempDir(), 'store')
    await session(dir, 'off', async (cache) => {
      for (const value of [1, 2]) {
        const miss = await cache.remember(asked, () => value)
        expect(miss).toMatchObject({ status: 'miss', value, why: { reason: 'off' } })
        expect(await miss.committed).toEqual({ status: 'not_stored', value, reason: 'off' })
        expect(await cache.facts(miss.key)).toBe(undefined)
      }
      expect(await cache.entries()).toEqual([])
    })
    expect(readdirSync(join(dir, '..'))).toEqual([])
  })
})

describe('readonly', () => {
  test('hits what is stored and touches nothing', async () => {
    const dir = join(tempDir(), 'store')
    const miss = await session(dir, 'readonly', remember(1))
    expect(await miss.committed).toEqual({ status: 'not_stored', value: 1, reason: 'readonly' })
    expect(readdirSync(join(dir, '..'))).toEqual([])
    await session(dir, 'readwrite', remember(1))
    const before = readdirSync(dir, { recursive: true })
    expect(await session(dir, 'readonly', remember(2))).toMatchObject({ status: 'hit', value: 1 })
    expect(readdirSync(dir, { recursive: true })).toEqual(before)
  })
})

describe('refresh', () => {
  test('computes what is stored, and its result takes the place of another one', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('old'))
    await session(dir, 'refresh', async (cache) => {
      const fresh = await cache.remember(asked, () => 'new')
      expect(fresh).toMatchObject({ status: 'miss', value: 'new', why: { reason: 'refresh' } })
      expect(await cache.remember(asked, () => 'newer')).toMatchObject({
        status: 'hit',
        value: 'new',
      })
      await cache.flush()
      expect(await cache.remember(asked, () => 'newer')).toMatchObject({
        status: 'hit',
        value: 'new',
      })
      expect(await fresh.committed).toEqual({ status: 'stored', value: 'new' })
      expect(cache.faults).toEqual([])
    })
    expect(await read(dir)).toBe('new')
    await session(dir, 'readwrite', async (cache) => expect(await cache.entries()).toHaveLength(1))
  })

  test('writes nothing when the result is the same', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('same'))
    const fresh = await session(dir, 'refresh', remember('same'))
    expect(await fresh.committed).toEqual({ status: 'already_exists', value: 'same' })
    expect(readdirSync(join(dir, 'packs'))).toHaveLength(1)
  })

  test('ends every entry that would be a hit now, and no other one', async () => {
    const dir = tempDir()
    const reads =
      (value: unknown, name: string, seen: string) =>
      ({ input }: Recorder): unknown => {
        input({ kind: 'file', name, value: seen })
        return value
      }
    await session(dir, 'readwrite', async (cache) => {
      await cache.remember(asked, reads('holds', 'a', '1'))
      await cache.remember(asked, reads('other branch', 'a', '2'))
    })
    const check = checkOf({ a: '1', b: '1' })
    await session(dir, 'refresh', (cache) =>
      cache.remember(asked, reads('fresh', 'b', '1'), { check }),
    )
    await session(dir, 'readonly', async (cache) => {
      const values = []
      for (const files of [{ a: '1', b: '1' }, { a: '2' }, { a: '1' }]) {
        const { value } = await cache.remember(asked, () => 'computed', { check: checkOf(files) })
        values.push(value)
      }
      expect(values).toEqual(['fresh', 'other branch', 'computed'])
    })
  })

  test('ends other entries that would be a hit also when its own is there already', async () => {
    const dir = tempDir()
    const reads =
      (value: unknown, name: string) =>
      ({ input }: Recorder): unknown => {
        input({ kind: 'file', name, value: '1' })
        return value
      }
    await session(dir, 'readwrite', async (cache) => {
      await cache.remember(asked, reads('wrong', 'a'))
      await cache.remember(asked, reads('right', 'b'))
    })
    const check = checkOf({ a: '1', b: '1' })
    await session(dir, 'refresh', (cache) => cache.remember(asked, reads('right', 'b'), { check }))
    const options = { check: checkOf({ a: '1', b: '1' }) }
    const hit = await session(dir, 'readonly', (cache) => cache.remember(asked, () => 0, options))
    expect(hit.value).toBe('right')
  })

  test('wins over what another session has pending', async () => {
    const dir = tempDir()
    const [one, two] = [await openCache({ dir }), await openCache({ dir, mode: 'refresh' })]
    await one.remember(asked, () => 'old')
    await two.remember(asked, () => 'new')
    await one.close()
    await two.close()
    expect(await read(dir)).toBe('new')
  })
})

describe('verify', () => {
  test('a stored result that is the same is a hit', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember({ a: 1 }))
    await session(dir, 'verify', async (cache) => {
      let computed = 0
      const hit = await cache.remember(asked, () => (computed++, { a: 1 }))
      expect(hit).toMatchObject({ status: 'hit', value: { a: 1 } })
      expect(computed).toBe(1)
      expect(cache.faults).toEqual([])
    })
  })

  test('one that differs is reported, not returned, and never served again', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('wrong'))
    const watching = await openCache({ dir, mode: 'readonly' })
    await session(dir, 'verify', async (cache) => {
      const miss = await cache.remember(asked, () => 'right')
      expect(miss).toMatchObject({
        status: 'miss',
        value: 'right',
        why: { reason: 'verify_mismatch' },
      })
      expect(await miss.committed).toMatchObject({
        status: 'not_stored',
        reason: 'verify_mismatch',
      })
      expect(cache.faults).toMatchObject([{ code: 'verify_mismatch', label: 'a.vue' }])
      // Sessions of this process know at once.
      expect(await watching.remember(asked, () => 'own')).toMatchObject({ status: 'miss' })
    })
    await watching.close()
    expect(await read(dir)).toBe('computed')
    await session(dir, 'readwrite', remember('right'))
    expect(await read(dir)).toBe('right')
  })

  test('what another session has pending is not stored when it differs', async () => {
    const dir = tempDir()
    const [one, two] = [await openCache({ dir }), await openCache({ dir, mode: 'verify' })]
    const pending = await one.remember(asked, () => 'wrong')
    await two.remember(asked, () => 'right')
    expect(await pending.committed).toMatchObject({ status: 'not_stored', reason: 'withdrawn' })
    await one.close()
    await two.close()
    expect(await read(dir)).toBe('computed')
  })

  test('a computation that refuses can’t be compared: the entry stands', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('stored'))
    await session(dir, 'verify', async (cache) => {
      const hit = await cache.remember(asked, ({ refuse }) => (refuse('no'), 'other'))
      expect(hit).toMatchObject({ status: 'hit', value: 'stored' })
    })
    expect(await read(dir)).toBe('stored')
  })

  test('a difference names the first field, and a computation that throws now is one', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember({ code: 'a', list: [1, 2] }))
    await session(dir, 'verify', async (cache) => {
      const miss = await cache.remember(asked, () => ({ code: 'a', list: [1] }))
      expect(miss).toMatchObject({
        why: { reason: 'verify_mismatch', difference: { field: 'list[1]', from: '2' } },
      })
      expect(cache.faults[0]!.message).toContain('withdrawn: list[1]: 2 missing')
    })
    await session(dir, 'readwrite', remember('value'))
    await session(dir, 'verify', async (cache) => {
      const thrown = cache.remember(asked, () => {
        throw new Error('not any more')
      })
      await expect(thrown).rejects.toThrow('not any more')
      expect(cache.faults[0]!.message).toContain('a value → throws Error: not any more')
      // a process may end right now: it is on disk already
      const other = await startWorker('read', dir)
      expect(await other.result()).toEqual({ value: 'computed' })
    })
  })

  test('a caller may know that other bytes come to the same', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('stored'))
    const hit = await session(dir, 'verify', (cache) =>
      cache.remember(asked, () => 'fresh', { differ: () => undefined }),
    )
    expect(hit).toMatchObject({ status: 'hit', value: 'stored', verified: true })
    expect(await read(dir)).toBe('stored')
  })

  test('every entry that would be served in its place goes as well, unless it is right', async () => {
    const dir = tempDir()
    const reads =
      (value: unknown, name: string, seen = '1') =>
      ({ input }: Recorder): unknown => {
        input({ kind: 'file', name, value: seen })
        return value
      }
    await session(dir, 'readwrite', async (cache) => {
      await cache.remember(asked, reads('wrong', 'a'))
      await cache.remember(asked, reads('wrong too', 'b'))
      await cache.remember(asked, reads('other branch', 'a', '2'))
    })
    const check = checkOf({ a: '1', b: '1' })
    const audited = await session(dir, 'verify', (cache) =>
      cache.remember(asked, () => 'right', { check }),
    )
    expect(audited.value).toBe('right')
    const served = []
    for (const files of [{ a: '1', b: '1' }, { a: '2' }]) {
      const options = { check: checkOf(files) }
      const { value } = await session(dir, 'readonly', (cache) =>
        cache.remember(asked, () => 'computed', options),
      )
      served.push(value)
    }
    expect(served).toEqual(['computed', 'other branch'])
  })

  test.each([false, true])(
    'what takes its place is stored, flushed between: %s',
    async (flushed) => {
      const dir = tempDir()
      await session(dir, 'readwrite', remember('wrong'))
      await session(dir, 'verify', async (cache) => {
        expect(await cache.remember(asked, () => 'right')).toMatchObject({ status: 'miss' })
        if (flushed) await cache.flush()
        // a host that computes for each output comes again
        const again = await cache.remember(asked, () => 'right')
        expect(again).toMatchObject({ status: 'miss', value: 'right' })
        await cache.flush()
        expect(await again.committed).toMatchObject({ status: 'stored' })
        expect(await cache.remember(asked, () => 'newer')).toMatchObject({
          status: 'hit',
          value: 'right',
        })
      })
      expect(await read(dir)).toBe('right')
      const other = await startWorker('read', dir)
      expect(await other.result()).toEqual({ value: 'right' })
    },
  )

  test('what was withdrawn stays so: in other processes, after compactions, whatever is stored beside it', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('wrong'))
    await session(dir, 'verify', remember('right'))
    for (const maxAge of [undefined, 1e12]) {
      await session(dir, 'readwrite', (cache) =>
        cache.remember({ ...asked, parts: { id: String(maxAge) } }, () => 'other'),
      )
      expect((await prune({ dir, maxAge })).status).toBe('done')
      expect(await read(dir)).toBe('computed')
    }
    const compactor = await startWorker('prune', dir)
    compactor.child.stdin?.end()
    expect((await compactor.result<{ done: number }>()).done).toBeGreaterThan(0)
    expect(await (await startWorker('read', dir)).result()).toEqual({ value: 'computed' })
    await session(dir, 'readwrite', remember('right'))
    await prune({ dir })
    expect(await read(dir)).toBe('right')
  })

  test('when it can’t be written down, it is not served by this process at least', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('wrong'))
    const before = readdirSync(dir, { recursive: true }).sort()
    const cache = await openCache({ dir, mode: 'readonly', verify: 1 })
    expect(await cache.remember(asked, () => 'right')).toMatchObject({
      status: 'miss',
      value: 'right',
      why: { reason: 'verify_mismatch' },
    })
    await cache.flush()
    const again = await cache.remember(asked, () => 'right')
    expect(again).toMatchObject({ status: 'miss', value: 'right', why: { reason: 'first_seen' } })
    await cache.close()
    expect(readdirSync(dir, { recursive: true }).sort()).toEqual(before)
    expect(await read(dir)).toBe('wrong')
  })
})

describe('samples', () => {
  const keys = Array.from({ length: 2000 }, (_, i) => ({ namespace: 'test', parts: { i } }))

  async function computedAgain(dir: string, verify: number): Promise<number[]> {
    const cache = await openCache({ dir, verify })
    const again: number[] = []
    for (const [i, request] of keys.entries()) {
      const { status, value } = await cache.remember(request, () => (again.push(i), i))
      expect({ status, value }).toEqual({ status: 'hit', value: i })
    }
    expect(cache.faults).toEqual([])
    await cache.close()
    return again
  }

  test('are as many as asked for, others in each session, and no more of the first calls', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', async (cache) => {
      for (const [i, request] of keys.entries()) await cache.remember(request, () => i)
    })
    expect(await computedAgain(dir, 0)).toEqual([])
    expect(await computedAgain(dir, 1)).toHaveLength(keys.length)
    const [one, two] = [await computedAgain(dir, 0.1), await computedAgain(dir, 0.1)]
    for (const again of [one, two]) {
      // 6 standard deviations
      expect(Math.abs(again.length - 200)).toBeLessThan(81)
      expect(Math.abs(again.filter((i) => i < 1000).length - 100)).toBeLessThan(57)
    }
    expect(one).not.toEqual(two)
    expect(one.filter((i) => two.includes(i)).length).toBeLessThan(70)
  })

  test('find what verify finds', async () => {
    const dir = tempDir()
    await session(dir, 'readwrite', remember('wrong'))
    const cache = await openCache({ dir, verify: 1 })
    expect(await cache.remember(asked, () => 'right')).toMatchObject({
      status: 'miss',
      value: 'right',
      why: { reason: 'verify_mismatch' },
    })
    expect(cache.faults).toMatchObject([{ code: 'verify_mismatch', label: 'a.vue' }])
    await cache.close()
    expect(await read(dir)).toBe('computed')
  })

  test('leave alone what their own session made', async () => {
    const cache = await openCache({ dir: tempDir(), verify: 1 })
    await cache.remember(asked, () => 1)
    await cache.flush()
    expect(await cache.remember(asked, () => 2)).toMatchObject({ status: 'hit', value: 1 })
    await cache.close()
  })
})
