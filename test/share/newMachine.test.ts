import path from 'node:path'
import { expect, test } from 'vitest'
import { lastStats } from '../../src/report/index.ts'
import { makeCheckout } from '../support/checkout.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { tempDir } from '../support/temp.ts'
import { httpRemote, noCi } from './support.ts'

test('a machine that is new reuses all that another one built, in ten requests at most', async () => {
  const remote = await httpRemote()
  const home = tempDir()
  const first = await makeCheckout(path.join(home, 'a'), 'vue')
  const env = { ...noCi, REMEMBER_REMOTE: remote.url, REMEMBER_SCOPE: 'main' }
  const built = await first.build('out', { store: path.join(home, 'store-a'), env })
  expect(built.stdout).toMatch(/shared: pushed 1 pack \(\d+ entries\) to main/)
  remote.take()

  const second = await makeCheckout(path.join(home, 'zweite Kopie', 'äpp'), 'vue')
  const again = await second.build('out', { store: path.join(home, 'store-b'), env })
  const asked = remote.take()
  expect(asked.length).toBeLessThanOrEqual(10)
  expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([])
  expect(again.stdout).toMatch(/shared: 1 pack from main, [\d.]+ \w+ in 2 requests/)
  const stats = await lastStats(path.join(home, 'store-b'))
  const calls = stats!.plugins.reduce(
    (sum, { hits, misses }) => [sum[0]! + hits, sum[1]! + misses],
    [0, 0],
  )
  expect(calls[0]).toBeGreaterThan(5)
  expect(calls[1]).toBe(0)
  expect(compareDirs(path.join(first.app, 'out'), path.join(second.app, 'out'))).toEqual([])
})
