import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lastStats } from '../../src/report/index.ts'
import { makeCheckout, openCheckout } from '../support/checkout.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { tempDir } from '../support/temp.ts'
import { httpRemote, noCi } from './support.ts'

test('a machine that is new reuses all that another one built, in ten requests at most', async () => {
  const remote = await httpRemote()
  const home = tempDir()
  const env = {
    ...noCi,
    REMEMBER_TRUSTED_KEYS: undefined,
    REMEMBER_REMOTE: remote.url,
    REMEMBER_SCOPE: 'main',
  }
  const first = await makeCheckout(path.join(home, 'machine-a', 'app'), 'vue')
  const built = await first.build('out-a', { store: path.join(home, 'store-a'), env })
  expect(built.stdout).toMatch(/shared: pushed 1 pack \(\d+ entries\) to main/)
  remote.take()

  // another path, and nothing is left at the first one
  const dir = path.join(home, 'zweite Maschine', 'äpp')
  fs.mkdirSync(path.dirname(dir), { recursive: true })
  fs.renameSync(first.dir, dir)
  const store = path.join(home, 'store-b')
  const second = openCheckout(dir, 'vue', path.join(dir, 'apps', 'vue'))
  const again = await second.build('out-b', { store, env })
  const asked = remote.take()
  expect(again.stdout).toMatch(/shared: 1 pack from main, [\d.]+ \w+ in 2 requests/)
  expect(asked.length).toBeLessThanOrEqual(10)
  expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([])
  const { plugins } = (await lastStats(store))!
  expect(plugins.reduce((sum, { misses }) => sum + misses, 0)).toBe(0)
  expect(plugins.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(50)
  expect(compareDirs(path.join(second.app, 'out-a'), path.join(second.app, 'out-b'))).toEqual([])
}, 300_000)
