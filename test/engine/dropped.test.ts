import { expect, test } from 'vitest'
import { clear, openCache, prune, type Cache, type Dropped } from '../../src/engine/index.ts'
import { tempDir } from '../support/temp.ts'

const day = 24 * 60 * 60 * 1000
// `clear` goes by the clock
const start = Date.now() - 12 * day
const requestOf = (id: string) => ({ namespace: 'test', parts: { id }, label: id })

async function session<T>(
  dir: string,
  days: number,
  use: (cache: Cache) => Promise<T>,
): Promise<T> {
  const cache = await openCache({ dir, now: () => start + days * day, maxAge: 1000 * day })
  const result = await use(cache)
  await cache.close()
  return result
}

function remember(dir: string, days: number, ...ids: readonly string[]): Promise<string[]> {
  return session(dir, days, async (cache) => {
    const all = ids.map((id) => cache.remember(requestOf(id), () => id))
    return (await Promise.all(all)).map(({ key }) => key)
  })
}

test('a key whose entries were dropped: when and why, until it comes back', async () => {
  const dir = tempDir()
  const keys = await remember(dir, 0, 'old', 'older', 'asked')
  const [used] = await remember(dir, 9, 'used')
  const told = (): Promise<(Dropped | undefined)[]> =>
    session(dir, 20, async (cache) => [...keys, used!].map((key) => cache.dropped(key as never)))
  expect(await told()).toEqual([undefined, undefined, undefined, undefined])

  await clear({ dir, where: ({ label }) => label === 'asked' })
  const [, , cleared] = await told()
  expect(cleared).toEqual({ at: expect.any(Number), why: 'cleared' })
  await prune({ dir, maxAge: 5 * day, now: () => start + 10 * day })
  const pruned = { at: start + 10 * day, why: 'pruned' }
  expect(await told()).toEqual([pruned, pruned, cleared, undefined])

  // back again, and kept by the next one
  await remember(dir, 11, 'old')
  await prune({ dir, maxAge: 5 * day, now: () => start + 12 * day })
  expect(await told()).toEqual([undefined, pruned, cleared, undefined])
})
