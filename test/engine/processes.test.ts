import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openCache, verifyStore } from '../../src/engine/index.ts'
import { type Hasher, type KeyDigest, openHasher } from '../../src/key/index.ts'
import { checkFiles } from '../store/checkedStore.ts'
import { isFull } from '../support/some.ts'
import { tempDir } from '../support/temp.ts'
import { startWorker, type Worker } from './worker.ts'
import { valueOf } from './workers/values.ts'

let hasher: Hasher
beforeAll(async () => {
  hasher = await openHasher()
})

interface RaceResult {
  /** Key, status, and the writer in the canonical value. */
  readonly ends: readonly [number, string, string][]
  readonly faults: readonly string[]
}

async function race(
  dir: string,
  writers: number,
  keys: number,
  every: number,
): Promise<RaceResult[]> {
  const workers = await Promise.all(
    Array.from({ length: writers }, (_, i) =>
      startWorker('race', dir, `${i}`, `${keys}`, `${every}`),
    ),
  )
  await Promise.all(workers.map(({ ready }) => ready))
  for (const { child } of workers) child.stdin?.write('go\n')
  return await Promise.all(workers.map((worker) => worker.result<RaceResult>()))
}

/** Exactly one writer of each key was told that it stored it, and all others got its value. */
async function checkRace(dir: string, results: readonly RaceResult[], keys: number): Promise<void> {
  const winners = new Map<number, string[]>()
  for (const [writer, { ends }] of results.entries()) {
    expect(ends).toHaveLength(keys)
    for (const [i, status, by] of ends) {
      expect(['stored', 'race_lost', 'already_exists']).toContain(status)
      if (status !== 'stored') continue
      expect(by).toBe(`${writer}`)
      winners.set(i, [...(winners.get(i) ?? []), by])
    }
  }
  for (let i = 0; i < keys; i++) expect(winners.get(i), `winners of ${i}`).toHaveLength(1)
  for (const { ends } of results) for (const [i, , by] of ends) expect([by]).toEqual(winners.get(i))

  const cache = await openCache({ dir, mode: 'readonly' })
  for (let i = 0; i < keys; i++) {
    const result = await cache.remember({ namespace: 'race', parts: { i } }, () => 'computed')
    expect(result).toMatchObject({ status: 'hit', value: { i, writer: winners.get(i)?.[0] } })
  }
  expect(cache.faults).toEqual([])
  await cache.close()
}

describe('many processes', () => {
  test('8 of them with 1,000 keys: each key is stored by exactly one', async () => {
    const dir = tempDir()
    const results = await race(dir, 8, 1000, 100)
    await checkRace(dir, results, 1000)
    // Whoever lost computed another value, and was told so.
    const lost = results.filter(({ ends }) => ends.some(([, status]) => status === 'race_lost'))
    expect(lost.length).toBeGreaterThan(0)
    for (const { faults } of lost) expect(new Set(faults)).toEqual(new Set(['non_deterministic']))
    checkFiles(dir)
  })

  test('one that is running takes what another one has finished since', async () => {
    const dir = tempDir()
    const worker = await startWorker('between', dir)
    await worker.ready
    const cache = await openCache({ dir })
    await cache.remember({ namespace: 'test', parts: { id: 'a' } }, () => 'computed')
    await cache.close()
    worker.child.stdin?.write('go\n')
    expect(await worker.result<unknown>()).toEqual({ status: 'hit' })
  })

  test('tags of all of them are kept, whoever stored the entry', async () => {
    const dir = tempDir()
    await race(dir, 4, 20, 5)
    const cache = await openCache({ dir, mode: 'readonly' })
    const entries = await cache.entries()
    expect(entries).toHaveLength(20)
    for (const { tags } of entries) expect(tags).toEqual(['by 0', 'by 1', 'by 2', 'by 3'])
    await cache.close()
  })

  test('4 of them beside two that compact all the time: nothing is lost', async () => {
    const dir = tempDir()
    const compactors = await Promise.all([startWorker('prune', dir), startWorker('prune', dir)])
    await Promise.all(compactors.map(({ ready }) => ready))
    const results = await race(dir, 4, 300, 10)
    for (const { child } of compactors) child.stdin?.end()
    const compacted = await Promise.all(
      compactors.map((worker) => worker.result<{ done: number }>()),
    )
    expect(compacted.reduce((sum, { done }) => sum + done, 0)).toBeGreaterThan(2)
    await checkRace(dir, results, 300)
    checkFiles(dir)
    const cache = await openCache({ dir, mode: 'readonly' })
    for (const { tags } of await cache.entries()) {
      expect(tags).toEqual(['by 0', 'by 1', 'by 2', 'by 3'])
    }
    await cache.close()
  })
})

describe('killed processes', () => {
  test(`${isFull ? 200 : 40} of them at random moments: what is there is right, what was flushed is there`, async () => {
    const dir = tempDir()
    const flushed: number[] = []
    let first = 0
    for (let round = 0; round < (isFull ? 100 : 20); round++) {
      const writers = await Promise.all([
        startWorker('write', dir, `${first}`),
        startWorker('write', dir, `${first + 500}`),
      ])
      await Promise.all(writers.map(({ ready }) => ready))
      await Promise.all(writers.map(killSoon))
      for (const { lines } of writers) flushed.push(...(await lines).map(Number))
      first += 1000
      await checkEntries(dir, flushed, round % 5 === 0)
    }
    const verified = await verifyStore(dir)
    expect(verified.damaged).toEqual([])
    expect(verified.entries).toBeGreaterThanOrEqual(flushed.length)
    expect(readdirSync(join(dir, 'quarantine'))).toEqual([])
  })

  async function killSoon({ child, lines }: Worker): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60))
    child.kill('SIGKILL')
    await lines
  }

  async function checkEntries(
    dir: string,
    flushed: readonly number[],
    all: boolean,
  ): Promise<void> {
    const cache = await openCache({ dir, mode: 'readonly' })
    const stored = new Set((await cache.entries()).map(({ key }) => key))
    const numbers = new Map<KeyDigest, number>()
    for (const last of flushed) {
      for (let i = Math.max(0, last - 12); i < last + 50; i++) {
        numbers.set(hasher.keyOf({ namespace: 'write', parts: { i } }), i)
      }
    }
    for (const [key, i] of all ? numbers : [...numbers].slice(-200)) {
      const { status, value } = await cache.remember(
        { namespace: 'write', parts: { i } },
        () => null,
      )
      expect(status === 'hit').toBe(stored.has(key))
      expect(value).toEqual(status === 'hit' ? valueOf(i) : null)
    }
    for (const i of flushed) {
      expect(stored.has(hasher.keyOf({ namespace: 'write', parts: { i } })), `${i}`).toBe(true)
    }
    expect(cache.faults).toEqual([])
    await cache.close()
  }
})
