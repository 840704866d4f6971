import { expect, test } from 'vitest'
import { openCache } from '../../src/engine/index.ts'
import { openHasher } from '../../src/key/index.ts'
import { storeParts } from '../../src/plugin/parts.ts'
import { findUnstable } from '../../src/plugin/unstable.ts'
import { tempDir } from '../support/temp.ts'

const hasher = await openHasher()

/** What is said of the parts that a plugin had in these runs, the last of which is now. */
async function unstableAfter(...values: Record<string, unknown>[]): Promise<string[]> {
  const cache = await openCache({ dir: tempDir() })
  const named = values.map((parts) => ({ parts, fingerprint: hasher.digestOf(parts) }))
  for (const { parts, fingerprint } of named) await storeParts(cache, fingerprint, parts)
  const [now, ...earlier] = named.reverse()
  const runs = earlier.map(({ fingerprint }) => [{ plugin: 'own', fingerprint }])
  const found = await findUnstable({ cache, plugin: 'own', ...now!, runs })
  await cache.close()
  return found.map(({ path }) => path)
}

test('a part with a new value in each of three runs', async () => {
  expect(await unstableAfter({ a: 1, b: 'x' }, { a: 2, b: 'x' }, { a: 3, b: 'y' })).toEqual(['a'])
})

test('not one that was switched and switched back while another changed', async () => {
  expect(
    await unstableAfter({ a: 'production' }, { a: 'staging' }, { a: 'production', b: 1 }),
  ).toEqual([])
})

test('not before the third run', async () => {
  expect(await unstableAfter({ a: 1 }, { a: 2 })).toEqual([])
})

test('long values that differ only where they are cut', async () => {
  const long = (end: string): string => `${'x'.repeat(500)}${end}`
  expect(await unstableAfter({ a: long('1') }, { a: long('2') }, { a: long('3') })).toEqual(['a'])
})
