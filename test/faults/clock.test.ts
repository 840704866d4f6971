import { readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openCache, prune, readBuilds, verifyStore } from '../../src/engine/index.ts'
import { claim, openChecked } from '../store/checkedStore.ts'
import { isFull } from '../support/some.ts'
import { tempDir } from '../support/temp.ts'

// A clock that jumps costs hits at most. What is used within maxAge by the clock that prunes stays.

const day = 24 * 60 * 60 * 1000
const maxAge = 30 * day
const today = Date.now()

const step = fc.record({
  /** By the clock of this step: within weeks, years before and after, and a year of five digits. */
  at: fc.oneof(
    fc.integer({ min: -20, max: 20 }),
    fc.constantFrom(-10_000, -365, 365, 10_000, 3_500_000),
  ),
  does: fc.constantFrom('use', 'use', 'prune'),
  ids: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
})

test('any order of sessions by any clocks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const dir = tempDir()
      const usedAt = new Map<string, number>()
      // too old for a prune: gone, unless most of their pack is needed, which then stays whole
      const expired = new Set<string>()
      const sessions = new Set<string>()
      for (const { at, does, ids } of steps) {
        const now = today + at * day
        if (does === 'prune') {
          await prune({ dir, maxAge, now: () => now })
          for (const [id, time] of usedAt) if (now - time > maxAge) expired.add(id)
          continue
        }
        // without limits of its own, for `close` prunes, too
        const cache = await openCache({ dir, now: () => now, maxAge: Number.MAX_SAFE_INTEGER })
        for (const id of ids) {
          const request = { namespace: 'clock', parts: { id }, tags: [`by ${at}`] }
          const { status, value } = await cache.remember(request, () => `value of ${id}`)
          expect(value).toBe(`value of ${id}`)
          if (!expired.has(id)) {
            expect(status, `${id} at ${at}`).toBe(usedAt.has(id) ? 'hit' : 'miss')
          }
          // what was known of its use went with the prune
          const before = expired.has(id) ? undefined : usedAt.get(id)
          usedAt.set(id, Math.max(now, before ?? -Infinity))
          expired.delete(id)
        }
        await cache.close()
        expect(cache.faults).toEqual([])
        sessions.add(cache.build)
      }
      const records = await readBuilds(dir)
      expect(records.every(({ id }) => sessions.has(id))).toBe(true)
      expect((await verifyStore(dir)).damaged).toEqual([])
    }),
    { numRuns: isFull ? 300 : 25 },
  )
})

describe('files from the future', () => {
  test('do not keep a store from being pruned', async () => {
    const dir = tempDir()
    const session = async (): Promise<void> => {
      const cache = await openCache({ dir })
      await cache.remember({ namespace: 'clock', parts: {} }, () => 1)
      await cache.close()
    }
    await session()
    await prune({ dir })
    const orders = (): string[] => readdirSync(join(dir, 'order')).sort()
    const [checkpoint] = orders() as [string]
    const future = today / 1000 + 3650 * 24 * 60 * 60
    utimesSync(join(dir, 'order', checkpoint), future, future)
    await session()
    expect(orders()).not.toContain(checkpoint)
    expect(statSync(join(dir, 'order', orders()[0]!)).mtimeMs).toBeLessThan(Date.now() + day)
  })
})

test('a process whose clock is ahead sweeps the file that another one is writing: it writes it again', async () => {
  const dir = tempDir()
  let swept = 0
  const { commit, store } = await openChecked(dir, {
    async link(from, to) {
      const { link } = await import('node:fs/promises')
      if (swept < 1) {
        swept++
        await openChecked(dir, { now: () => Date.now() + 2 * 60 * 60 * 1000 })
      }
      await link(from, to)
    },
  })
  expect(await commit([claim('a', 'A')])).toEqual([{ status: 'stored' }])
  expect(swept).toBe(1)
  expect(store.unwritable).toBe(undefined)
})
