import { describe, expect, test, vi } from 'vitest'
import {
  openCache,
  RememberError,
  type Cache,
  type RememberRequest,
} from '../../src/engine/index.ts'
import { tempDir } from '../support/temp.ts'

const never = (): never => {
  throw new Error('computed, though it is stored')
}

const request = (source: unknown = 'x', more: Partial<RememberRequest> = {}): RememberRequest => ({
  namespace: 'toc',
  parts: { source },
  ...more,
})

/** Runs with one session after the other over the same folder, as separate builds do. */
async function session<T>(dir: string, use: (cache: Cache) => Promise<T>): Promise<T> {
  const cache = await openCache({ dir })
  const result = await use(cache)
  await cache.close()
  return result
}

describe('a look-up', () => {
  test('misses first, hits while pending, and hits from disk', async () => {
    const dir = tempDir()
    await session(dir, async (cache) => {
      const miss = await cache.remember(request(), () => ['value'])
      expect(miss).toMatchObject({
        status: 'miss',
        value: ['value'],
        why: { reason: 'first_seen' },
      })
      const hit = await cache.remember(request(), never)
      expect(hit).toMatchObject({ status: 'hit', value: ['value'], key: miss.key })
      await cache.flush()
      expect(await miss.committed).toEqual({ status: 'stored', value: ['value'] })
      expect(await hit.committed).toEqual({ status: 'already_exists', value: ['value'] })
    })
    await session(dir, async (cache) => {
      const hit = await cache.remember(request(), never)
      expect(hit).toMatchObject({ status: 'hit', value: ['value'] })
      expect(hit.status === 'hit' && hit.savedMs).toBeGreaterThanOrEqual(0)
    })
  })

  test.each([
    [undefined],
    [null],
    [false],
    [0],
    [''],
    [Number.NaN],
    [new Map([[{ a: 1 }, new Set([2n])]])],
  ])('remembers %s', async (value) => {
    const dir = tempDir()
    await session(dir, (cache) => cache.remember(request(), () => value))
    const hit = await session(dir, (cache) => cache.remember(request(), never))
    expect(hit.status).toBe('hit')
    expect(hit.value).toStrictEqual(value)
  })

  test('gives each caller a copy of its own', async () => {
    const dir = tempDir()
    await session(dir, async (cache) => {
      const mine = await cache.remember(request(), () => ({ list: [1] }))
      mine.value.list.push(2)
      const first = await cache.remember(request(), () => ({ list: [0] }))
      first.value.list.push(3)
      const second = await cache.remember(request(), () => ({ list: [0] }))
      expect(second.value).toEqual({ list: [1] })
    })
    const stored = await session(dir, (cache) => cache.remember(request(), never))
    expect(stored.value).toEqual({ list: [1] })
  })
})

describe('the key', () => {
  test('is the namespace, the parts and the extra, and nothing else', async () => {
    const cache = await openCache({ dir: tempDir() })
    const keyOf = async (asked: RememberRequest): Promise<string> =>
      (await cache.remember(asked, () => 1)).key
    const plain = await keyOf(request())
    expect(await keyOf(request('x', { tags: ['a'], label: 'other' }))).toBe(plain)
    expect(await keyOf(request('x', { extra: {} }))).toBe(plain)
    expect(await keyOf(request('x', { extra: undefined }))).toBe(plain)
    const others = [
      request('y'),
      request('x', { namespace: 'other' }),
      request('x', { extra: { locale: 'en' } }),
      request(['x']),
    ]
    for (const other of others) expect(await keyOf(other)).not.toBe(plain)
    await cache.close()
  })

  test.each<[Partial<Record<keyof RememberRequest, unknown>>, string, string]>([
    [{ extra: ['en'] }, 'NOT_NAMED_PARTS', '`extra` must be a plain object'],
    [{ extra: 'en' }, 'NOT_NAMED_PARTS', '`extra` must be a plain object'],
    [{ extra: null }, 'NOT_NAMED_PARTS', '`extra` must be a plain object'],
    [{ parts: ['x'] }, 'NOT_NAMED_PARTS', '`parts` must be a plain object'],
    [{ parts: { now: () => 1 } }, 'NOT_PLAIN_DATA', '`parts.now`'],
    [{ namespace: 1 }, 'BAD_REQUEST', '`namespace` must be a string, got a number.'],
    [{ label: {} }, 'BAD_REQUEST', '`label` must be a string, got an object.'],
    [{ tags: 'docs' }, 'BAD_REQUEST', '`tags` must be an array of strings, got a string.'],
    [{ tags: [1] }, 'BAD_REQUEST', '`tags` must be an array of strings, got an array.'],
  ])('of %o is refused in every mode', async (wrong, code, message) => {
    for (const mode of ['readwrite', 'off'] as const) {
      const cache = await openCache({ dir: tempDir(), mode })
      const asked = { ...request(), ...wrong } as RememberRequest
      const error = await cache.remember(asked, never).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(RememberError)
      expect(error).toMatchObject({ code, message: expect.stringContaining(message) })
      await cache.close()
    }
  })
})

describe('what is not stored', () => {
  test('a computation that throws: the caller gets the error, the next one computes', async () => {
    const dir = tempDir()
    await session(dir, async (cache) => {
      const error = new Error('no')
      await expect(cache.remember(request(), () => Promise.reject(error))).rejects.toBe(error)
      expect(await cache.remember(request(), () => 2)).toMatchObject({ status: 'miss', value: 2 })
    })
  })

  test('a result that the computation refuses, with its first reason', async () => {
    const dir = tempDir()
    await session(dir, async (cache) => {
      const refused = await cache.remember(request(), (recorder) => {
        recorder.refuse('this.load')
        recorder.refuse('later')
        return 1
      })
      expect(await refused.committed).toEqual({
        status: 'not_stored',
        value: 1,
        reason: 'this.load',
      })
      expect((await cache.remember(request(), () => 2)).status).toBe('miss')
    })
  })

  test('a value that can’t be cloned; it is returned all the same', async () => {
    const cache = await openCache({ dir: tempDir() })
    const value = { run: () => 1 }
    const miss = await cache.remember(request(), () => value)
    expect(miss.value).toBe(value)
    expect(await miss.committed).toEqual({
      status: 'not_stored',
      value,
      reason: 'uncloneable: value.run (a function)',
    })
    await cache.close()
  })

  test('a result whose input changed while it was computed', async () => {
    const cache = await openCache({ dir: tempDir() })
    const miss = await cache.remember(request(), ({ input }) => {
      input({ kind: 'file', name: 'a.ts', value: '1' })
      input({ kind: 'file', name: 'b.ts', value: '1' })
      input({ kind: 'file', name: 'a.ts', value: '2' })
      return 1
    })
    expect(await miss.committed).toMatchObject({
      status: 'not_stored',
      reason: 'input_changed: a.ts',
    })
    await cache.close()
  })

  test('anything after close', async () => {
    const cache = await openCache({ dir: tempDir() })
    await cache.remember(request(), () => 1)
    await cache.close()
    const miss = await cache.remember(request(), () => 2)
    expect(miss).toMatchObject({ status: 'miss', value: 2, why: { reason: 'off' } })
    expect(await miss.committed).toMatchObject({ status: 'not_stored', reason: 'closed' })
  })

  test('what a recorder is told after its computation has ended', async () => {
    const cache = await openCache({ dir: tempDir() })
    let late = (): void => {}
    const miss = await cache.remember(request(), (recorder) => {
      late = () => recorder.input({ kind: 'file', name: 'a', value: '1' })
      return 1
    })
    late()
    expect((await cache.remember(request(), never)).status).toBe('hit')
    await cache.flush()
    expect((await miss.committed).status).toBe('stored')
    await cache.close()
  })
})

describe('equal keys and traces stand for equal results', () => {
  /** Computes although it is stored: an entry with inputs is no hit without a check. */
  const compute =
    (value: unknown) =>
    ({
      input,
    }: {
      input: (seen: { kind: string; name: string; value: string }) => void
    }): unknown => {
      input({ kind: 'file', name: 'a', value: '1' })
      return value
    }

  test('the first value is kept, and a different one is reported by name', async () => {
    const dir = tempDir()
    await session(dir, (cache) => cache.remember(request(), compute('first')))
    await session(dir, async (cache) => {
      const asked = request('x', { label: 'a.vue' })
      const same = await cache.remember(asked, compute('first'))
      expect(await same.committed).toEqual({ status: 'already_exists', value: 'first' })
      expect(cache.faults).toEqual([])
      const other = await cache.remember(asked, compute('second'))
      expect(other.value).toBe('second')
      expect(await other.committed).toEqual({ status: 'already_exists', value: 'first' })
      expect(cache.faults).toEqual([
        {
          code: 'non_deterministic',
          label: 'a.vue',
          message: expect.stringContaining('toc: a.vue'),
        },
      ])
    })
  })

  test('also while the first one is pending', async () => {
    const cache = await openCache({ dir: tempDir() })
    const first = await cache.remember(request(), compute('first'))
    const second = await cache.remember(request(), compute('second'))
    expect(await second.committed).toEqual({ status: 'already_exists', value: 'first' })
    expect(cache.faults.map(({ code }) => code)).toEqual(['non_deterministic'])
    await cache.flush()
    expect(await first.committed).toEqual({ status: 'stored', value: 'first' })
    await cache.close()
  })
})

test('a group is committed by itself after a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const cache = await openCache({ dir: tempDir() })
    const miss = await cache.remember(request(), () => 1)
    const committed = vi.fn()
    void miss.committed.then(committed)
    await vi.advanceTimersByTimeAsync(900)
    expect(committed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(await miss.committed).toMatchObject({ status: 'stored' })
    await cache.close()
  } finally {
    vi.useRealTimers()
  }
})

test('a large group is committed at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const cache = await openCache({ dir: tempDir() })
    const misses = []
    for (let i = 0; i < 5; i++) {
      misses.push(await cache.remember(request(i), () => `${i}`.repeat(1024 * 1024)))
    }
    expect(await misses[0]?.committed).toMatchObject({ status: 'stored' })
    await cache.close()
  } finally {
    vi.useRealTimers()
  }
})
