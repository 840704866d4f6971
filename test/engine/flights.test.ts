import { describe, expect, test } from 'vitest'
import { openCache, type Cache, type Mode } from '../../src/engine/index.ts'
import { tempDir } from '../support/temp.ts'

const asked = (id: string) => ({ namespace: 'test', parts: { id } })
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

async function open(mode: Mode = 'readwrite'): Promise<Cache> {
  return await openCache({ dir: tempDir(), mode })
}

describe.each<Mode>(['readwrite', 'readonly', 'refresh', 'verify'])(
  'concurrent calls, %s',
  (mode) => {
    test('for one key compute once, and each gets a copy', async () => {
      const cache = await open(mode)
      let computed = 0
      const results = await Promise.all(
        [1, 2, 3].map(() =>
          cache.remember(asked('a'), async () => {
            await pause()
            return { n: ++computed }
          }),
        ),
      )
      expect(results.map(({ status }) => status)).toEqual(['miss', 'hit', 'hit'])
      expect(results.map(({ value }) => value)).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }])
      expect(new Set(results.map(({ value }) => value)).size).toBe(3)
      await cache.close()
    })
  },
)

test('sessions of one folder share what is in flight and pending', async () => {
  const dir = tempDir()
  const [one, two] = [await openCache({ dir }), await openCache({ dir: `${dir}/.` })]
  const slow = one.remember(asked('a'), async () => {
    await pause()
    return 1
  })
  expect(await two.remember(asked('a'), () => 2)).toMatchObject({ status: 'hit', value: 1 })
  await one.close()
  expect(await two.remember(asked('a'), () => 2)).toMatchObject({ status: 'hit', value: 1 })
  expect((await slow).status).toBe('miss')
  await two.close()
})

describe('those who wait go on when the computation brings nothing to share', () => {
  test.each<[string, () => unknown]>([
    ['it throws', () => Promise.reject(new Error('no'))],
    ['its value can’t be cloned', () => () => 1],
  ])('because %s', async (_why, compute) => {
    const cache = await open()
    let computed = 0
    const first = cache.remember(asked('a'), async () => {
      await pause()
      return await compute()
    })
    const others = [1, 2].map(() => cache.remember(asked('a'), () => ++computed))
    await first.catch(() => {})
    const results = await Promise.all(others)
    expect(results.map(({ status }) => status)).toEqual(['miss', 'hit'])
    expect(results.map(({ value }) => value)).toEqual([1, 1])
    await cache.close()
  })

  test('because it refuses, and so do they', async () => {
    const cache = await open()
    const results = await Promise.all(
      [1, 2, 3].map((n) =>
        cache.remember(asked('a'), async ({ refuse }) => {
          refuse('never')
          await pause()
          return n
        }),
      ),
    )
    expect(results.map(({ status, value }) => [status, value])).toEqual([
      ['miss', 1],
      ['miss', 2],
      ['miss', 3],
    ])
    await cache.close()
  })
})

describe('a computation may remember', () => {
  test('other keys', async () => {
    const cache = await open()
    const outer = await cache.remember(asked('outer'), async () => {
      const inner = await Promise.all(
        ['a', 'a', 'b'].map((id) => cache.remember(asked(id), async () => (await pause(), id))),
      )
      return inner.map(({ status, value }) => `${status} ${value}`)
    })
    expect(outer.value).toEqual(['miss a', 'hit a', 'miss b'])
    await cache.close()
  })

  test('its own key: it is computed again instead of waiting for itself', async () => {
    const cache = await open()
    let depth = 0
    const compute = async (): Promise<number> => {
      await pause()
      return ++depth < 3 ? (await cache.remember(asked('a'), compute)).value : depth
    }
    expect((await cache.remember(asked('a'), compute)).value).toBe(3)
    expect((await cache.remember(asked('a'), compute)).status).toBe('hit')
    await cache.close()
  })

  test('its own key by way of another one', async () => {
    const cache = await open()
    const remember = (id: string, inner: () => Promise<unknown>): Promise<unknown> =>
      cache.remember(asked(id), inner).then(({ value }) => value)
    const value = await remember('a', () =>
      remember('b', () =>
        Promise.all([remember('a', async () => 1), remember('c', async () => 2)]),
      ),
    )
    expect(value).toEqual([1, 2])
    await cache.close()
  })

  test('a key whose computation waits for this one', async () => {
    const cache = await open()
    const crossing = (own: string, other: string): Promise<string> =>
      cache
        .remember(asked(own), async () => {
          await pause()
          const inner = await cache.remember(asked(other), async () => `${other} for ${own}`)
          return `${own}(${inner.value})`
        })
        .then(({ value }) => value)
    const [a, b] = await Promise.all([crossing('a', 'b'), crossing('b', 'a')])
    // One of the two waited; the other one computed for itself what it would have waited for.
    expect([a, b]).toEqual([expect.stringMatching(/^a\(b/), expect.stringMatching(/^b\(a/)])
    await cache.close()
  })

  test('a key in a longer ring, from inside Promise.all', async () => {
    const cache = await open()
    const ring = ['a', 'b', 'c', 'd']
    const start = (id: string, next: string): Promise<unknown> =>
      cache.remember(asked(id), async () => {
        await pause()
        const side = cache.remember(asked(`side of ${id}`), async () => {
          await pause()
          return (await cache.remember(asked(next), async () => 'own')).value
        })
        return (await Promise.all([side, pause()]))[0].status
      })
    const all = Promise.all(ring.map((id, i) => start(id, ring[(i + 1) % ring.length] as string)))
    expect(await all).toHaveLength(4)
    await cache.close()
  })
})
