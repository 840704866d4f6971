import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  openCache,
  type Cache,
  type Digest,
  type Input,
  type InputCheck,
  type Recorder,
} from '../../src/engine/index.ts'
import { openHasher } from '../../src/key/index.ts'
import { openStore, rowName } from '../../src/store/index.ts'
import { tempDir } from '../support/temp.ts'

const request = { namespace: 'test', parts: { id: 'a' } }

const file = (name: string, value: string): Input => ({ kind: 'file', name, value })

/** A check of files that have these values now; counts what it is asked. */
function checkOf(files: Record<string, string>): InputCheck & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    sets: new Map(),
    holds({ kind, name, value }) {
      asked.push(name)
      return kind === 'file' && files[name] === value
    },
  }
}

const reads =
  (value: unknown, ...inputs: readonly Input[]) =>
  ({ input }: Recorder): unknown => {
    inputs.forEach(input)
    return value
  }

async function reopened(cache: Cache): Promise<Cache> {
  await cache.close()
  return await openCache({ dir: cache.dir })
}

describe.each(['pending', 'stored'])('an entry with inputs, %s', (where) => {
  async function remembered(): Promise<Cache> {
    const cache = await openCache({ dir: tempDir() })
    await cache.remember(request, reads('old', file('a', '1'), file('b', '1')))
    return where === 'stored' ? await reopened(cache) : cache
  }

  test('is a hit while they hold', async () => {
    const cache = await remembered()
    const check = checkOf({ a: '1', b: '1' })
    expect(await cache.remember(request, () => 'new', { check })).toMatchObject({
      status: 'hit',
      value: 'old',
    })
    await cache.close()
  })

  test('is none when one has changed, which is named', async () => {
    const cache = await remembered()
    const check = checkOf({ a: '1', b: '2' })
    expect(await cache.remember(request, () => 'new', { check })).toMatchObject({
      status: 'miss',
      value: 'new',
      why: { reason: 'input_changed', input: file('b', '1') },
    })
    await cache.close()
  })

  test('is none when there is no check', async () => {
    const cache = await remembered()
    expect(await cache.remember(request, () => 'new')).toMatchObject({
      status: 'miss',
      why: { reason: 'input_changed', input: file('a', '1') },
    })
    await cache.close()
  })

  test('stands beside entries with other inputs: going back is a hit', async () => {
    let cache = await remembered()
    const now = checkOf({ a: '2', b: '1' })
    await cache.remember(request, reads('new', file('a', '2')), { check: now })
    if (where === 'stored') cache = await reopened(cache)
    const back = checkOf({ a: '1', b: '1' })
    const first = await cache.remember(request, () => 0, { check: back })
    const second = await cache.remember(request, () => 0, { check: now })
    expect([first, second]).toMatchObject([
      { status: 'hit', value: 'old' },
      { status: 'hit', value: 'new' },
    ])
    const neither = await cache.remember(request, () => 0, { check: checkOf({}) })
    expect(neither).toMatchObject({ why: { input: file('a', '2') } })
    await cache.close()
  })
})

test('the order in which inputs were seen does not matter', async () => {
  const cache = await openCache({ dir: tempDir() })
  await cache.remember(request, reads('x', file('a', '1'), file('b', '1'), file('a', '1')))
  const again = await cache.remember(request, reads('x', file('b', '1'), file('a', '1')))
  expect((await again.committed).status).toBe('already_exists')
  await cache.close()
})

describe('a check that must ask others first', () => {
  /** Answers by a promise until it has settled. */
  function asking(files: Record<string, string>): InputCheck & { questions: number } {
    const now = checkOf(files)
    const known = new Set<string>()
    const check = {
      sets: new Map(),
      questions: 0,
      holds(input: Input) {
        if (known.has(input.name)) return now.holds(input)
        check.questions++
        return Promise.resolve().then(() => known.add(input.name))
      },
    }
    return check
  }

  test.each(['pending', 'stored'])('is waited for, once for each input (%s)', async (where) => {
    let cache = await openCache({ dir: tempDir() })
    await cache.remember(request, reads('old', file('a', '1'), file('b', '1')))
    if (where === 'stored') cache = await reopened(cache)
    const check = asking({ a: '1', b: '1' })
    const found = cache.rememberNow(request, () => 'new', { check })
    expect(found).toBeInstanceOf(Promise)
    expect(await found).toMatchObject({ status: 'hit', value: 'old' })
    expect(cache.rememberNow(request, () => 'new', { check })).toMatchObject({ status: 'hit' })
    expect(check.questions).toBe(2)
    await cache.close()
  })

  test('computes once for all who ask meanwhile, when the answer is another one', async () => {
    const cache = await openCache({ dir: tempDir() })
    await cache.remember(request, reads('old', file('a', '1')))
    const check = asking({ a: '2' })
    let computed = 0
    const compute = ({ input }: Recorder): string => {
      computed++
      input(file('a', '2'))
      return 'new'
    }
    const all = [1, 2, 3].map(() => cache.remember(request, compute, { check }))
    expect((await Promise.all(all)).map(({ value }) => value)).toEqual(['new', 'new', 'new'])
    expect(computed).toBe(1)
    await cache.close()
  })
})

describe('shared sets of inputs', () => {
  /** A history of three links: 1, 2, 3 files. */
  function chain(cache: Cache): [Digest, Digest, Digest] {
    const one = cache.inputSet(undefined, [file('a', '1')])
    const two = cache.inputSet(one, [file('b', '1')])
    return [one, two, cache.inputSet(two, [file('c', '1')])]
  }

  const uses =
    (value: unknown, ...sets: readonly Digest[]) =>
    (recorder: Recorder): unknown => {
      for (const set of sets) recorder.inputs(set)
      return value
    }

  const parts = (id: number): typeof request => ({ namespace: 'test', parts: { id: `${id}` } })

  test('are named by what they hold', async () => {
    const cache = await openCache({ dir: tempDir() })
    const [one, two] = chain(cache)
    expect(cache.inputSet(undefined, [file('a', '1')])).toBe(one)
    expect(cache.inputSet(one, [])).toBe(one)
    const both = [file('x', '1'), file('y', '1')]
    expect(cache.inputSet(two, both)).toBe(cache.inputSet(two, both.toReversed()))
    expect(cache.inputSet(two, both)).not.toBe(cache.inputSet(one, both))
    const off = await openCache({ dir: tempDir(), mode: 'off' })
    expect(off.inputSet(undefined, [file('a', '1')])).toBe(one)
    await cache.close()
  })

  test('are asked once for many entries, from disk too', async () => {
    let cache = await openCache({ dir: tempDir() })
    const [one, two, three] = chain(cache)
    await cache.remember(parts(1), uses(1, one))
    await cache.remember(parts(2), uses(2, two))
    await cache.remember(parts(3), uses(3, three))
    cache = await reopened(cache)
    const check = checkOf({ a: '1', b: '1', c: '2' })
    const results = []
    for (const id of [3, 2, 1, 3]) {
      results.push(await cache.remember(parts(id), uses('new', one), { check }))
    }
    expect(results).toMatchObject([
      { status: 'miss', why: { reason: 'input_changed', input: file('c', '1') } },
      { status: 'hit', value: 2 },
      { status: 'hit', value: 1 },
      { status: 'hit', value: 'new' },
    ])
    expect(check.asked).toEqual(['a', 'b', 'c'])
    expect(Object.fromEntries(check.sets)).toEqual({
      [one]: null,
      [two]: null,
      [three]: file('c', '1'),
    })
    await cache.close()
  })

  test('a parent that has changed fails what came after it', async () => {
    let cache = await openCache({ dir: tempDir() })
    const [, , three] = chain(cache)
    await cache.remember(parts(3), uses(3, three))
    cache = await reopened(cache)
    const check = checkOf({ a: '2', b: '1', c: '1' })
    expect(await cache.remember(parts(3), () => 0, { check })).toMatchObject({
      why: { reason: 'input_changed', input: file('a', '1') },
    })
    expect(check.asked).toEqual(['a'])
    await cache.close()
  })

  test('are written only with an entry that refers to them, and once', async () => {
    const hasher = await openHasher()
    const cache = await openCache({ dir: tempDir() })
    const [one, two, three] = chain(cache)
    const held = (): Record<string, number> => {
      const store = openStore({ dir: cache.dir, hasher, onFault() {} })
      const names = store.view.packs.flatMap(({ rows, count }) =>
        Array.from({ length: count }, (_, i) => rowName(rows, i)),
      )
      store.close()
      return Object.fromEntries(
        Object.entries({ one, two, three }).map(([label, set]) => [
          label,
          names.filter((name) => name === set).length,
        ]),
      )
    }
    await cache.remember(parts(0), () => 0)
    await cache.flush()
    expect(held()).toEqual({ one: 0, two: 0, three: 0 })
    await cache.remember(parts(2), uses(2, two))
    await cache.remember(parts(1), uses(1, one))
    await cache.flush()
    expect(held()).toEqual({ one: 1, two: 1, three: 0 })
    await cache.remember(parts(3), uses(3, three))
    await cache.flush()
    expect(held()).toEqual({ one: 1, two: 1, three: 1 })
    await cache.close()
  })

  test('a long history does not end the stack', async () => {
    let cache = await openCache({ dir: tempDir() })
    let set: Digest | undefined
    const files: Record<string, string> = {}
    for (let i = 0; i < 20_000; i++) {
      files[`${i}`] = '1'
      set = cache.inputSet(set, [file(`${i}`, '1')])
    }
    await cache.remember(request, uses('x', set as Digest))
    cache = await reopened(cache)
    const hit = await cache.remember(request, () => 0, { check: checkOf(files) })
    expect(hit.status).toBe('hit')
    await cache.close()
  })

  test('one that is lost makes a damaged miss, and storing again makes it whole', async () => {
    const cache = await openCache({ dir: tempDir() })
    const [one, , three] = chain(cache)
    await cache.remember(parts(1), uses(1, one))
    await cache.flush()
    const [pack] = readdirSync(join(cache.dir, 'packs'))
    await cache.remember(parts(3), uses(3, three))
    await cache.close()
    rmSync(join(cache.dir, 'packs', pack as string))

    const next = await openCache({ dir: cache.dir })
    const check = checkOf({ a: '1', b: '1', c: '1' })
    const again = (recorder: Recorder): unknown => uses(3, chain(next)[2])(recorder)
    const miss = await next.remember(parts(3), again, { check })
    expect(miss).toMatchObject({
      status: 'miss',
      why: { reason: 'damaged', detail: 'a set of inputs' },
    })
    await next.flush()
    expect((await miss.committed).status).toBe('stored')
    const last = await reopened(next)
    const fresh = checkOf({ a: '1', b: '1', c: '1' })
    expect((await last.remember(parts(3), () => 0, { check: fresh })).status).toBe('hit')
    await last.close()
  })
})
