import type * as fs from 'node:fs'
import { link } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import type { Claim, Store, Verdict } from '../../src/store/index.ts'
import { tempDir } from '../support/temp.ts'
import { claim, name, openChecked } from './checkedStore.ts'
import { mergeAll } from './merge.ts'

/** Takes names out of the next listing of `order/`. */
const listing = vi.hoisted(() => ({
  hide: undefined as ((names: string[]) => string[]) | undefined,
}))

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return {
    ...real,
    readdirSync(path: string, ...rest: []) {
      const names = real.readdirSync(path, ...rest)
      if (listing.hide === undefined || !String(path).endsWith('order')) return names
      const { hide } = listing
      listing.hide = undefined
      return hide(names)
    },
  }
})

const commitTo = (store: Store, ...claims: Claim[]): Promise<readonly Verdict[]> =>
  store.commit({ claims, withdrawals: [], usable: () => true })

// POSIX leaves open whether a listing shows what is made and removed while it runs.
test.each<[string, (names: string[]) => string[]]>([
  ['lacks the checkpoint and the numbers before it', (names) => names.slice(-1)],
  ['lacks the newest numbers', (names) => names.slice(0, 1)],
  ['lacks one in between', (names) => names.filter((_, i) => i !== 1)],
  ['shows nothing', () => []],
])('a listing that %s is not believed', async (_what, hide) => {
  const dir = tempDir()
  const { commit, store } = await openChecked(dir)
  await commit([claim('a', 'first')])
  await mergeAll(store)
  await commit([claim('b', 'first')])
  await commit([claim('c', 'first')])

  const writer = await openChecked(dir)
  await commit([claim('d', 'first')])
  listing.hide = hide
  const claims = ['a', 'b', 'c', 'd'].map((key) => claim(key, 'second'))
  const verdicts = await commitTo(writer.store, ...claims)
  expect(listing.hide).toBe(undefined)
  expect(verdicts.map(({ status }) => status)).toEqual(['lost', 'lost', 'lost', 'lost'])
  expect(writer.texts(name('a'))).toEqual(['first'])
})

test('nor one that shows less than was seen, in the moment when the winner is found out', async () => {
  const dir = tempDir()
  const other = await openChecked(dir)
  await other.commit([claim('a', 'first')])
  let slots = 0
  const writer = await openChecked(dir, {
    async link(from, to) {
      if (!String(to).includes('order')) return await link(from, to)
      // The first number it goes for is taken by the other one; after the second, it looks again.
      if (++slots === 1) await commitTo(other.store, claim('b', 'first'))
      await link(from, to)
      listing.hide = (names) => names.slice(0, 1)
    },
  })
  const verdicts = await commitTo(writer.store, claim('b', 'second'), claim('c', 'second'))
  expect([slots, listing.hide]).toEqual([2, undefined])
  expect(verdicts.map(({ status }) => status)).toEqual(['lost', 'stored'])
})
