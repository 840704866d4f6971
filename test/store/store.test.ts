import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempDir } from '../support/temp.ts'
import { agePacks, checkFiles, claim, name, openChecked, textOf } from './checkedStore.ts'
import { mergeAll } from './merge.ts'

const packsOf = (dir: string): string[] => readdirSync(join(dir, 'packs'))

describe('commit', () => {
  test('stores claims with their blobs; a hit is one read', async () => {
    const { commit, store, texts } = await openChecked(tempDir())
    expect(await commit([claim('a', 'A'), claim('b', 'B')])).toEqual([
      { status: 'stored' },
      { status: 'stored' },
    ])
    expect(texts(name('a'))).toEqual(['A'])
    const [row] = store.claims(name('b'))
    const read = row && store.read(row)
    expect(read?.bytes.toString()).toBe('B')
    expect(read?.ahead?.toString()).toBe('blob of B')
    expect(store.claims(name('c'))).toEqual([])
  })

  test('the first claim wins, and the loser is told which one', async () => {
    const dir = tempDir()
    const one = await openChecked(dir)
    const two = await openChecked(dir)
    await one.commit([claim('a', 'first')])
    const [verdict] = await two.commit([claim('a', 'second')])
    if (verdict?.status !== 'lost') throw new Error('not lost')
    expect(textOf(two.store, verdict.row)).toBe('first')
    expect(two.texts(name('a'))).toEqual(['first'])
    expect(packsOf(dir)).toHaveLength(1)
  })

  test('claims of other variants are kept side by side, first to last', async () => {
    const dir = tempDir()
    const one = await openChecked(dir)
    const two = await openChecked(dir)
    await one.commit([claim('a', 'first', { variant: '0000000000000002' })])
    const [verdict] = await two.commit([claim('a', 'second', { variant: '0000000000000001' })])
    expect(verdict).toEqual({ status: 'stored' })
    expect(two.texts(name('a'))).toEqual(['first', 'second'])
  })

  test('a claim that nobody can use does not win', async () => {
    const { commit, texts } = await openChecked(tempDir())
    await commit([claim('a', 'broken')])
    expect(await commit([claim('a', 'whole')], { usable: () => false })).toEqual([
      { status: 'stored' },
    ])
    expect(texts(name('a'))).toEqual(['broken', 'whole'])
  })

  test('a blob is written once', async () => {
    const { commit, store } = await openChecked(tempDir())
    await commit([claim('a', 'same'), claim('b', 'same')])
    await commit([claim('c', 'same')])
    const rows = store.view.packs.map(({ count }) => count)
    expect(rows).toEqual([3, 1])
    const [row] = store.claims(name('c'))
    expect(row && store.read(row)?.ahead).toBe(undefined)
    expect(store.blob(name('blob of same'))).toBeDefined()
  })

  test('nothing new writes nothing', async () => {
    const dir = tempDir()
    const { commit } = await openChecked(dir)
    await commit([claim('a', 'A')])
    await commit([claim('a', 'A again')])
    await commit([])
    expect(packsOf(dir)).toHaveLength(1)
    expect(readdirSync(join(dir, 'order'))).toEqual(['000000000001'])
  })

  test('a withdrawal ends what came before it, for every reader', async () => {
    const dir = tempDir()
    const one = await openChecked(dir)
    const two = await openChecked(dir)
    const other = { variant: '00000000000000bb' }
    await one.commit([claim('a', 'old'), claim('a', 'other', other)])
    await one.commit([], { withdrawals: [{ name: name('a'), variant: '00000000000000aa' }] })
    two.store.refresh()
    expect(two.texts(name('a'))).toEqual(['other'])
    expect(await two.commit([claim('a', 'new')])).toEqual([{ status: 'stored' }])
    one.store.refresh()
    expect(one.texts(name('a'))).toEqual(['other', 'new'])
  })

  test('a claim that withdraws takes the place of the first one', async () => {
    const { commit, texts } = await openChecked(tempDir())
    await commit([claim('a', 'old')])
    const verdicts = await commit([claim('a', 'new', { withdraws: ['00000000000000aa'] })])
    expect(verdicts).toEqual([{ status: 'stored' }])
    expect(texts(name('a'))).toEqual(['new'])
  })
})

describe('packs without a number', () => {
  async function withLoosePack(dir: string): Promise<void> {
    const { commit, store } = await openChecked(dir)
    await commit([claim('a', 'loose'), claim('only', 'loose')])
    rmSync(join(dir, 'order/000000000001'))
    store.close()
  }

  test('are read after those that have one, and do not win', async () => {
    const dir = tempDir()
    await withLoosePack(dir)
    agePacks(dir, 2)
    const { commit, texts } = await openChecked(dir)
    expect(texts(name('a'))).toEqual(['loose'])
    expect(await commit([claim('a', 'numbered')])).toEqual([{ status: 'stored' }])
    const fresh = await openChecked(dir, { readonly: true })
    expect(fresh.texts(name('a'))).toEqual(['numbered', 'loose'])
    expect(fresh.texts(name('only'))).toEqual(['loose'])
  })

  test('are ended by withdrawals, also when a compaction gives them a number later', async () => {
    const dir = tempDir()
    await withLoosePack(dir)
    agePacks(dir, 2)
    const { commit, store, texts } = await openChecked(dir)
    await commit([], { withdrawals: [{ name: name('a'), variant: '00000000000000aa' }] })
    expect(texts(name('a'))).toEqual([])
    for (let i = 0; i < 2; i++) {
      expect(await mergeAll(store)).toBe('done')
      expect(texts(name('a'))).toEqual([])
      expect(texts(name('only'))).toEqual(['loose'])
    }
  })

  test('are no place to rely on: a blob in one is written again', async () => {
    const dir = tempDir()
    await withLoosePack(dir)
    agePacks(dir, 2)
    const { commit, store } = await openChecked(dir)
    expect(store.blob(name('blob of loose'))).toBeDefined()
    await commit([claim('b', 'loose')])
    expect(store.view.packs.map(({ count }) => count)).toEqual([2, 3])
  })

  test('go with what a compaction of another process dropped', async () => {
    const dir = tempDir()
    await withLoosePack(dir)
    agePacks(dir, 2)
    const { store, texts } = await openChecked(dir)
    const other = await openChecked(dir)
    expect(await mergeAll(other.store, ['loose'])).toBe('done')
    await store.commit({ claims: [claim('z', 'Z')], withdrawals: [], usable: () => true })
    expect(texts(name('only'))).toEqual([])
    expect(texts(name('z'))).toEqual(['Z'])
  })

  test('do not count while they are young: their writer may be about to number them', async () => {
    const dir = tempDir()
    await withLoosePack(dir)
    const { texts } = await openChecked(dir)
    expect(texts(name('a'))).toEqual([])
  })
})

describe('the folder', () => {
  test('a reader makes nothing', async () => {
    const dir = join(tempDir(), 'store')
    const { faults, texts, store } = await openChecked(dir, { readonly: true })
    expect(texts(name('a'))).toEqual([])
    expect(
      await store.commit({ claims: [claim('a', 'A')], withdrawals: [], usable: () => true }),
    ).toEqual([{ status: 'failed', reason: 'readonly' }])
    expect(readdirSync(join(dir, '..'))).toEqual([])
    expect(faults).toEqual([])
  })

  test('leftovers in tmp/ go after an hour', async () => {
    const dir = tempDir()
    await openChecked(dir)
    mkdirSync(join(dir, 'tmp/old-slot'))
    for (const file of ['tmp/old', 'tmp/old-slot/record', 'tmp/new'])
      writeFileSync(join(dir, file), '')
    const old = new Date(Date.now() - 61 * 60 * 1000)
    for (const file of ['tmp/old', 'tmp/old-slot']) utimesSync(join(dir, file), old, old)
    await openChecked(dir)
    expect(readdirSync(join(dir, 'tmp'))).toEqual(['new'])
  })

  test('may be deleted while it is in use', async () => {
    const dir = join(tempDir(), 'store')
    const { commit, faults, texts } = await openChecked(dir)
    await commit([claim('a', 'A')])
    rmSync(dir, { recursive: true })
    expect(await commit([claim('a', 'again'), claim('b', 'B')])).toEqual([
      { status: 'stored' },
      { status: 'stored' },
    ])
    expect(texts(name('a'))).toEqual(['again'])
    expect(faults).toEqual([])
    checkFiles(dir)
  })

  test('other people’s files are left alone', async () => {
    const dir = tempDir()
    const { commit, faults } = await openChecked(dir)
    await commit([claim('a', 'A')])
    for (const file of ['order/.DS_Store', 'order/12', 'builds/notes.txt']) {
      writeFileSync(join(dir, file), 'x')
    }
    const fresh = await openChecked(dir, { readonly: true })
    expect(fresh.texts(name('a'))).toEqual(['A'])
    expect(faults.concat(fresh.faults)).toEqual([])
    expect(readdirSync(join(dir, 'quarantine'))).toEqual([])
  })
})

describe('a file system without hard links', () => {
  const link = async (): Promise<never> => {
    throw Object.assign(new Error('no links here'), { code: 'ENOTSUP' })
  }

  test('gives the same verdicts, with and without other writers that have links', async () => {
    const dir = tempDir()
    const one = await openChecked(dir, { link })
    const two = await openChecked(dir, { link })
    const three = await openChecked(dir)
    const writers = [one, two, three, two, one, three]
    for (const [i, { commit }] of writers.entries()) {
      const verdicts = await commit([claim('a', `${i}`), claim(`b${i}`, `${i}`)])
      expect(verdicts.map(({ status }) => status)).toEqual([i === 0 ? 'stored' : 'lost', 'stored'])
    }
    expect(readdirSync(join(dir, 'order'))).toHaveLength(writers.length)
    expect(three.texts(name('a'))).toEqual(['0'])
  })

  test('at the same time too', async () => {
    const dir = tempDir()
    const stores = await Promise.all([1, 2, 3, 4].map(() => openChecked(dir, { link })))
    const stored = await Promise.all(
      stores.map(async ({ store }, i) => {
        const claims = [claim('a', `${i}`), claim(`b${i}`, `${i}`)]
        return await store.commit({ claims, withdrawals: [], usable: () => true })
      }),
    )
    expect(stored.filter(([first]) => first?.status === 'stored')).toHaveLength(1)
    expect(stored.every(([, second]) => second?.status === 'stored')).toBe(true)
    stores[0]?.check()
  })
})
