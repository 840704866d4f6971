import path from 'node:path'
import { expect, test } from 'vitest'
import { lastStats } from '../../src/report/index.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { copyPlayground } from '../support/playground.ts'
import { httpRemote, noCi } from './support.ts'

test('a machine that is new reuses all that another one built, in ten requests at most', async () => {
  const remote = await httpRemote()
  const env = {
    ...noCi,
    REMEMBER_TRUSTED_KEYS: undefined,
    REMEMBER_REMOTE: remote.url,
    REMEMBER_SCOPE: 'main',
  }
  const first = await copyPlayground('vue', 'vite-8')
  const built = await first.build('out', { env })
  expect(built.stdout).toMatch(/shared: pushed 1 pack \(\d+ entries\) to main/)
  remote.take()

  const second = await copyPlayground('vue', 'vite-8')
  const again = await second.build('out', { env })
  const asked = remote.take()
  expect(again.stdout).toMatch(/shared: 1 pack from main, [\d.]+ \w+ in 2 requests/)
  expect(asked.length).toBeLessThanOrEqual(10)
  expect(asked.filter((each) => !each.startsWith('GET'))).toEqual([])
  const { plugins } = (await lastStats(second.store))!
  expect(plugins.reduce((sum, { misses }) => sum + misses, 0)).toBe(0)
  expect(plugins.reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(50)
  expect(compareDirs(path.join(first.dir, 'out'), path.join(second.dir, 'out'))).toEqual([])
})
