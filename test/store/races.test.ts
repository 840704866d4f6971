import { EventEmitter, once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { link } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildPack,
  type Claim,
  type Draft,
  KIND,
  NO_VARIANT,
  type Store,
  type Verdict,
} from '../../src/store/index.ts'
import { isFull } from '../support/some.ts'
import { tempDir } from '../support/temp.ts'
import { agePacks, checkFiles, claim, hasher, name, openChecked, textOf } from './checkedStore.ts'
import { mergeAll } from './merge.ts'

/** A store that calls `before` when it is about to link a file under this name. */
async function openWatched(
  dir: string,
  before: (target: string) => void | Promise<void>,
): Promise<Store> {
  const { store } = await openChecked(dir, {
    async link(from, to) {
      await before(String(to))
      await link(from, to)
    },
  })
  return store
}

async function put(store: Store, ...texts: [string, string][]): Promise<Verdict['status'][]> {
  const claims = texts.map(([key, text]) => claim(key, text))
  const verdicts = await store.commit({ claims, withdrawals: [], usable: () => true })
  return verdicts.map(({ status }) => status)
}

/** What a process that starts now finds first. */
async function firstText(dir: string, key: string): Promise<string | undefined> {
  const { store } = await openChecked(dir, { readonly: true })
  const [row] = store.claims(name(key))
  const text = row && textOf(store, row)
  if (text !== undefined) {
    const blob = store.blob(name(`blob of ${text}`))
    expect(blob && store.read(blob)?.bytes.toString()).toBe(`blob of ${text}`)
  }
  store.close()
  return text
}

const isSlot = (target: string): boolean => target.includes('order')

/** Runs `action` once, at the first slot (or pack) a store is about to take. */
function atFirst(when: (target: string) => boolean, action: () => Promise<unknown>) {
  let done = false
  return async (target: string): Promise<void> => {
    if (done || !when(target)) return
    done = true
    await action()
  }
}

describe('a commit that is overtaken', () => {
  test.each([
    ['before its pack is there', (target: string) => !isSlot(target)],
    ['before it has its number', isSlot],
  ])('by another commit, %s', async (_when, when) => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    const slow = await openWatched(
      dir,
      atFirst(when, () => put(other, ['a', 'other'])),
    )
    expect(await put(slow, ['a', 'slow'], ['b', 'slow'])).toEqual(['lost', 'stored'])
    expect(await firstText(dir, 'a')).toBe('other')
    expect(await firstText(dir, 'b')).toBe('slow')
    checkFiles(dir)
  })

  test('by a compaction that merges its pack before it has its number', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['x', 'X'])
    const slow = await openWatched(
      dir,
      atFirst(isSlot, async () => {
        agePacks(dir, 2)
        expect(await mergeAll(other)).toBe('done')
        expect(readdirSync(join(dir, 'order'))).toEqual(['000000000003'])
      }),
    )
    // The compaction gave the pack its number, so the claim counted from then on.
    expect(await put(slow, ['a', 'slow'])).toEqual(['stored'])
    expect(await put(other, ['a', 'other'])).toEqual(['lost'])
    expect(await firstText(dir, 'a')).toBe('slow')
    checkFiles(dir)
  })

  test('by a compaction that drops what its pack relies on', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['x', 'same'])
    const slow = await openWatched(
      dir,
      atFirst(
        (target) => !isSlot(target),
        async () => expect(await mergeAll(other, ['same'])).toBe('done'),
      ),
    )
    expect(await put(slow, ['a', 'same'])).toEqual(['stored'])
    expect(await firstText(dir, 'a')).toBe('same')
    expect(await firstText(dir, 'x')).toBe(undefined)
    checkFiles(dir)
  })

  test('by a compaction that keeps its pack, but not what it relies on', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['x', 'same'])
    const slow: Store = await openWatched(
      dir,
      atFirst(isSlot, async () => {
        agePacks(dir, 2)
        const keepLast = () => ({ parts: other.view.packs.slice(1), references: () => [] })
        expect(await other.replace(keepLast)).toBe('done')
      }),
    )
    const usable = (): boolean => slow.blob(name('blob of same')) !== undefined
    const [verdict] = await slow.commit({ claims: [claim('a', 'same')], withdrawals: [], usable })
    expect(verdict).toEqual({ status: 'stored' })
    expect(await firstText(dir, 'a')).toBe('same')
  })

  test('by a compaction after which the number it goes for is free again', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    let freed = ''
    const slow = await openWatched(dir, async (target) => {
      if (freed !== '' || !isSlot(target)) return
      freed = target
      expect(await put(other, ['a', 'other'])).toEqual(['stored'])
      expect(await mergeAll(other)).toBe('done')
      expect(existsSync(target)).toBe(false)
    })
    // Its number would be the lowest, but the other one was told first that it was stored.
    expect(await put(slow, ['a', 'slow'], ['b', 'slow'])).toEqual(['lost', 'stored'])
    expect(await firstText(dir, 'a')).toBe('other')
    expect(await firstText(dir, 'b')).toBe('slow')
    await mergeAll(other)
    expect(await firstText(dir, 'b')).toBe('slow')
  })

  test('and killed there: what it left does not count, and goes at the next compaction', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['x', 'X'])
    const killed = await openWatched(dir, async (target) => {
      if (!isSlot(target)) return
      await put(other, ['a', 'other'])
      await mergeAll(other)
      // The link of a freed number is the last thing this process does.
      throw Object.assign(new Error('killed'), { code: 'EKILLED' })
    })
    expect(await put(killed, ['a', 'killed'])).toEqual(['failed'])
    expect(await firstText(dir, 'a')).toBe('other')
    agePacks(dir, 2)
    expect(await firstText(dir, 'a')).toBe('other')
    expect(await mergeAll(other)).toBe('done')
    expect(await firstText(dir, 'a')).toBe('other')
    expect(readdirSync(join(dir, 'packs'))).toHaveLength(2)
  })
})

describe('a compaction that is overtaken', () => {
  test('by a commit that relies on what it drops', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['x', 'same'], ['y', 'Y'])
    const compacting = await openWatched(
      dir,
      atFirst(isSlot, () => put(other, ['a', 'same'], ['y', 'late'])),
    )
    expect(await mergeAll(compacting, ['same'])).toBe('done')
    expect(await firstText(dir, 'a')).toBe('same')
    expect(await firstText(dir, 'y')).toBe('Y')
    expect(await firstText(dir, 'x')).toBe(undefined)
    checkFiles(dir)
  })

  test('by another compaction: it changes nothing and leaves nothing', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    for (const key of ['a', 'b', 'c']) await put(other, [key, key])
    const compacting = await openWatched(
      dir,
      atFirst(isSlot, async () => expect(await mergeAll(other, ['c'])).toBe('done')),
    )
    expect(await mergeAll(compacting)).toBe('superseded')
    expect(readdirSync(join(dir, 'packs'))).toHaveLength(2)
    expect(await firstText(dir, 'a')).toBe('a')
    expect(await firstText(dir, 'c')).toBe(undefined)
    checkFiles(dir)
  })

  test.each([0, 2])('by another one, when its own packs are %i minutes old', async (minutes) => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    for (const key of ['a', 'b', 'c']) await put(other, [key, key])
    const compacting = await openWatched(
      dir,
      atFirst(isSlot, async () => {
        // So old that the other one takes them for left and gives them numbers.
        agePacks(dir, minutes)
        expect(await mergeAll(other)).toBe('done')
      }),
    )
    expect(await mergeAll(compacting)).toBe('superseded')
    expect(readdirSync(join(dir, 'packs'))).toHaveLength(2)
    for (const key of ['a', 'b', 'c']) expect(await firstText(dir, key)).toBe(key)
  })

  test('by numbers for packs left by a third one, while another one is about to list equal packs', async () => {
    const dir = tempDir()
    const { store } = await openChecked(dir)
    await put(store, ['a', 'A'])
    const [kept] = readdirSync(join(dir, 'packs'))
    const killed = await openWatched(dir, (target) => {
      if (isSlot(target)) throw Object.assign(new Error('killed'), { code: 'EKILLED' })
    })
    expect(await mergeAll(killed)).toBe('failed')
    const left = readdirSync(join(dir, 'packs')).filter((file) => file !== kept)

    const turns = new EventEmitter()
    const checkpoint = String(2 + left.length)
    const adopting = await openWatched(dir, async (target) => {
      if (!isSlot(target) || !target.endsWith(checkpoint)) return
      turns.emit('listing')
      await once(turns, 'given up')
    })
    let adopted: Promise<string> | undefined
    const compacting = await openWatched(
      dir,
      atFirst(isSlot, async () => {
        agePacks(dir, 2, left)
        adopted = mergeAll(adopting)
        await once(turns, 'listing')
      }),
    )
    expect(await mergeAll(compacting)).toBe('superseded')
    turns.emit('given up')
    expect(await adopted).toBe('done')
    expect(await firstText(dir, 'a')).toBe('A')
  })

  test('twice, so that its number is free again', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['a', 'A'])
    const compacting = await openWatched(
      dir,
      atFirst(isSlot, async () => {
        await put(other, ['b', 'B'])
        await mergeAll(other)
        await put(other, ['c', 'C'])
        await mergeAll(other)
      }),
    )
    expect(await mergeAll(compacting)).toBe('superseded')
    for (const key of ['a', 'b', 'c']) expect(await firstText(dir, key)).toBe(key.toUpperCase())
  })
})

test('merged packs never have the name of earlier ones, which a late deletion may still be after', async () => {
  const dir = tempDir()
  const { store } = await openChecked(dir)
  await put(store, ['a', 'A'])
  const seen = new Set<string>()
  for (let i = 0; i < 3; i++) {
    expect(await mergeAll(store)).toBe('done')
    for (const { sha } of store.view.packs) seen.add(sha)
  }
  expect(seen.size).toBe(6)
})

describe('a reader beside a compaction', () => {
  test('goes on with the packs it has, and finds the new ones when it looks', async () => {
    const dir = tempDir()
    const { store: other } = await openChecked(dir)
    await put(other, ['a', 'A'])
    const reader = await openChecked(dir, { readonly: true })
    await put(other, ['b', 'B'])
    await mergeAll(other)
    expect(reader.texts(name('a'))).toEqual(['A'])
    expect(reader.texts(name('b'))).toEqual([])
    reader.store.refresh()
    expect(reader.texts(name('b'))).toEqual(['B'])
    expect(reader.faults).toEqual([])
  })
})

test('a compaction killed after its checkpoint leaves nothing that counts', async () => {
  const dir = tempDir()
  const { store } = await openChecked(dir)
  await put(store, ['a', 'A'], ['gone', 'gone'])
  await put(store, ['b', 'B'])
  const saved = readdirSync(join(dir, 'packs')).map((file) => join(dir, 'packs', file))
  const numbers = readdirSync(join(dir, 'order')).map((file) => join(dir, 'order', file))
  const kept = tempDir()
  for (const file of [...saved, ...numbers]) await link(file, join(kept, file.replaceAll('/', '_')))
  await mergeAll(store, ['gone'])
  for (const file of [...saved, ...numbers]) await link(join(kept, file.replaceAll('/', '_')), file)

  expect(await firstText(dir, 'gone')).toBe(undefined)
  expect(await firstText(dir, 'a')).toBe('A')
  checkFiles(dir)
})

/** A pack of a stranger, with all that its claims refer to. */
function packOf(claims: readonly Claim[]): Buffer {
  const drafts = claims.flatMap(({ name, variant, bytes, blobs }): Draft[] => {
    const { along } = blobs({ has: () => false, visited: new Set() })
    return [
      { kind: KIND.claim, name, variant, bytes, ahead: true },
      { kind: KIND.blob, variant: NO_VARIANT, ahead: false, ...along! },
    ]
  })
  return buildPack(drafts, Buffer.alloc(16), hasher)
}

type Step = 'merge' | { readonly does: 'commit' | 'take in'; readonly keys: string[] }

test('any interleaving of commits, packs taken in and compactions has one winner per key, whom all agree on', async () => {
  const keys = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 })
  const step = (does: 'commit' | 'take in') => fc.record({ does: fc.constant(does), keys })
  const script = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: step('commit') },
      { weight: 1, arbitrary: step('take in') },
      { weight: 1, arbitrary: fc.constant('merge' as const) },
    ),
    { minLength: 1, maxLength: 4 },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(script, { minLength: 2, maxLength: 4 }),
      fc.boolean(),
      async (scheduler, scripts, aged) => {
        const dir = tempDir()
        const stored = new Map<string, string[]>()
        const taken = new Map<string, string[]>()
        const lost: [string, string][] = []
        const note = (where: Map<string, string[]>, key: string, text: string): unknown =>
          where.set(key, [...(where.get(key) ?? []), text])
        const run = async (steps: readonly Step[], writer: number) => {
          // Each link waits until the scheduler lets it go.
          const turn = scheduler.scheduleFunction(async () => {})
          const store = await openWatched(dir, async () => {
            await turn()
            if (aged) agePacks(dir, 2)
          })
          for (const [at, step] of steps.entries()) {
            if (step === 'merge') {
              await mergeAll(store)
              continue
            }
            const { does, keys } = step
            const text = (key: string): string => `${key} by ${writer} at ${at}`
            const claims = keys.map((key) => claim(key, text(key)))
            if (does === 'take in') {
              for (const key of keys) note(taken, key, text(key))
              if (await store.takeIn(packOf(claims), () => true)) continue
            }
            const verdicts = await store.commit({ claims, withdrawals: [], usable: () => true })
            verdicts.forEach((verdict, i) => {
              const key = keys[i] as string
              if (verdict.status === 'failed') throw new Error(verdict.reason)
              if (verdict.status === 'lost') lost.push([key, textOf(store, verdict.row)])
              else note(stored, key, text(key))
            })
          }
          store.close()
        }
        const all = Promise.all(scripts.map(run))
        await scheduler.waitFor(all)

        const winners = new Map<string, string>()
        for (const key of new Set([...stored.keys(), ...taken.keys()])) {
          const first = await firstText(dir, key)
          winners.set(key, first!)
          const told = stored.get(key) ?? []
          expect(told.length).toBeLessThanOrEqual(1)
          // of what was taken in nobody is told whether it was the first
          expect(told.length === 1 ? told : taken.get(key)).toContain(first)
        }
        for (const [key, text] of lost) expect(text).toBe(winners.get(key))
      },
    ),
    { numRuns: isFull ? 1000 : 60 },
  )
})
