import { describe, expect, test } from 'vitest'
import { openCache, openUses, readBuilds, type Cache, type Mode } from '../../src/engine/index.ts'
import { tempDir } from '../support/temp.ts'

const remember = (cache: Cache, id: string) =>
  cache.remember({ namespace: 'test', parts: { id }, label: id }, (recorder) => {
    if (id !== 'plain') recorder.note(`note of ${id}`)
    return id
  })

async function session(dir: string, ids: readonly string[], mode: Mode = 'readwrite') {
  const cache = await openCache({ dir, mode })
  for (const id of ids) await remember(cache, id)
  await cache.close()
}

async function usedBy(dir: string) {
  const records = await readBuilds(dir)
  const uses = await openUses(dir)
  const used = records.toReversed().map((record) => uses.of(record))
  uses.close()
  return used.map(({ entries }) =>
    entries.map(({ label, uses, isNew }) => `${label} ${isNew ? 'new' : 'reused'} ${uses}`).sort(),
  )
}

describe('openUses', () => {
  test('tells what each build stored and how often it reused what', async () => {
    const dir = tempDir()
    await session(dir, ['a', 'b', 'b', 'plain'])
    await session(dir, ['a', 'a', 'a', 'c'])
    expect(await usedBy(dir)).toEqual([
      ['a new 0', 'b new 1', 'plain new 0'],
      ['a reused 3', 'c new 0'],
    ])
    const uses = await openUses(dir)
    const { packs, entries } = uses
    uses.close()
    expect({ packs, entries }).toEqual({ packs: 2, entries: 4 })
  })

  test('of a folder that is no store', async () => {
    const uses = await openUses(tempDir())
    const { packs, size, entries } = uses
    uses.close()
    expect({ packs, size, entries }).toEqual({ packs: 0, size: 0, entries: 0 })
  })
})

test('a note is kept beside the value, and names nothing', async () => {
  const dir = tempDir()
  await session(dir, ['a', 'plain'])
  const cache = await openCache({ dir })
  const notes = (await cache.entries()).map(({ label, note }) => [label, note]).sort()
  expect(notes).toEqual([
    ['a', 'note of a'],
    ['plain', ''],
  ])
  const again = await cache.remember({ namespace: 'test', parts: { id: 'a' } }, () => 'other')
  expect(again).toMatchObject({ status: 'hit', value: 'a' })
  await cache.close()
})

test('recordNow: the record so far, of which nothing is written', async () => {
  const dir = tempDir()
  await session(dir, ['a'])
  const cache = await openCache({ dir })
  await remember(cache, 'a')
  await remember(cache, 'b')
  const record = await cache.recordNow({ own: 1 })
  expect(record).toMatchObject({ id: cache.build, notes: { own: 1 }, stored: { stored: 1 } })
  const uses = await openUses(dir)
  const { entries } = uses.of(record)
  uses.close()
  expect(entries.map(({ label, uses, isNew }) => [label, uses, isNew]).sort()).toEqual([
    ['a', 1, false],
    ['b', 0, true],
  ])
  expect((await readBuilds(dir)).length).toBe(1)
  await cache.close()
  expect((await readBuilds(dir)).length).toBe(2)
})

test('recordNow of a cache that is off', async () => {
  const cache = await openCache({ dir: tempDir(), mode: 'off' })
  await remember(cache, 'a')
  expect(await cache.recordNow()).toMatchObject({ id: cache.build, used: {} })
})
