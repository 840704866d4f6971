import { describe, expect, test } from 'vitest'
import { openCache, readBuilds } from '../../src/engine/index.ts'
import { decideOnce, findCheap } from '../../src/plugin/cheap.ts'
import type { BuildNotes, HookTally } from '../../src/plugin/index.ts'
import { medianCost, noteCost, type Spread } from '../../src/plugin/spread.ts'
import { build, hosts, project, statsOf, storeOf, type Host } from './harness.ts'

// A plugin whose calls cost less than their look-ups is left alone. What calls cost is written into
// the record of the last run here: no test goes by the clock.

const files = { 'main.js': `import './a.js'\n`, 'a.js': `console.log('a')\n` }

/** Reads a second file in `load`, so that what it left unseen would matter later. */
const plugins = () => [
  {
    name: 'own',
    load: (id: string) => (id.endsWith('a.js') ? `console.log('loaded')\n` : null),
    transform: (code: string) => ({ code: `${code}\nconsole.log('own')`, map: null }),
  },
]

const request = (host: Host, root: string) => ({
  host,
  root,
  plugins,
  remember: { include: ['own'] },
})

const calls = 100

function spread(ms: number): Spread {
  const costs: Spread = {}
  for (let call = 0; call < calls; call++) noteCost(costs, ms)
  return costs
}

/** What a hook's calls and their look-ups cost, each in milliseconds. */
function costing(callMs: number, hitMs: number): Partial<HookTally> {
  const sums = { hits: calls, misses: 0, savedMs: callMs * calls, spentMs: hitMs * calls }
  return { ...sums, callCosts: spread(callMs), hitCosts: spread(hitMs) }
}

async function lastNotes(root: string): Promise<BuildNotes> {
  const [record] = await readBuilds(storeOf(root), 1)
  return record!.notes as unknown as BuildNotes
}

/** Calls of the plugin that were looked up in the last run. */
async function lookedUp(root: string): Promise<number> {
  const { plugins } = await statsOf(root)
  const own = plugins.filter(({ plugin }) => plugin === 'own')
  return own.reduce((sum, { hits, misses }) => sum + hits + misses, 0)
}

/** The last run again, as one with other costs. */
async function runAgainWith(root: string, change: (notes: BuildNotes) => Partial<BuildNotes>) {
  const notes = await lastNotes(root)
  const cache = await openCache({ dir: storeOf(root) })
  await cache.close({ ...notes, ...change(notes), run: `run ${Math.random()}` })
}

function tellCosts(root: string, load: number, transform: number): Promise<void> {
  return runAgainWith(root, ({ plugins }) => ({
    plugins: plugins.map((tally) => ({
      ...tally,
      ...(tally.plugin === 'own' && costing(tally.hook === 'load' ? load : transform, 0.02)),
    })),
  }))
}

describe.each(hosts)('%s', (host) => {
  test('a plugin that is cheaper than its look-ups is left alone until it is dear', async () => {
    const root = project(files)
    const plain = await build({ ...request(host, root), remember: false })
    await build(request(host, root))
    await build(request(host, root))
    const looked = await lookedUp(root)
    expect(looked).toBeGreaterThan(0)

    await tellCosts(root, 0.001, 0.002)
    for (let times = 0; times < 2; times++) {
      const built = await build(request(host, root))
      expect(built.files).toEqual(plain.files)
      // what Vite's own plugins do is remembered as before
      expect(await lookedUp(root)).toBe(0)
      const { cheap, others } = await lastNotes(root)
      expect(cheap).toMatchObject([{ plugin: 'own', lookUpMs: 0.02 }])
      const reasons = others!.filter(({ plugin }) => plugin === 'own')
      expect(reasons.map(({ hook, reason }) => `${hook}: ${reason}`).sort()).toEqual([
        'load: cheaper than a look-up',
        'transform: cheaper than a look-up',
      ])
      // whatever this machine made of it
      await runAgainWith(root, ({ others }) => ({
        others: others!.map((row) => ({ ...row, ms: row.calls * 0.003 })),
      }))
    }

    await runAgainWith(root, ({ others }) => ({
      others: others!.map((row) => ({ ...row, ms: row.calls * 3 })),
    }))
    expect((await build(request(host, root))).files).toEqual(plain.files)
    expect((await lastNotes(root)).cheap).toEqual([])
    expect(await lookedUp(root)).toBe(looked)
    expect((await statsOf(root)).misses).toBe(0)
  })
})

test('of a plugin all hooks are left alone or none', async () => {
  const root = project(files)
  await build(request('rollup', root))
  await build(request('rollup', root))
  const { hits } = await statsOf(root)
  await tellCosts(root, 0.001, 5)
  await build(request('rollup', root))
  expect((await lastNotes(root)).cheap).toEqual([])
  expect((await statsOf(root)).hits).toBe(hits)
})

test('who verifies sees all calls', async () => {
  const root = project(files)
  await build(request('rollup', root))
  await tellCosts(root, 0.001, 0.001)
  await build({ ...request('rollup', root), remember: { include: ['own'], mode: 'verify' } })
  expect((await lastNotes(root)).cheap).toEqual([])
  expect((await statsOf(root)).verified).toBeGreaterThan(0)
})

describe('what the last run tells', () => {
  const tally = (more: Partial<HookTally>) => ({ plugin: 'own', hook: 'transform', ...more })
  const notes = { format: 1, root: '<root>/', run: 'last', plugins: [] as unknown[] }

  async function cheapAfter(...records: object[]): Promise<string[]> {
    const root = project({})
    for (const record of records) {
      const cache = await openCache({ dir: storeOf(root) })
      await cache.close({ ...notes, ...record })
    }
    return (await findCheap(storeOf(root), '<root>/')).map(({ plugin }) => plugin)
  }

  const cheap = tally(costing(0.001, 0.02))

  test.each([
    ['cheap calls', [{ plugins: [cheap] }], ['own']],
    ['dear calls', [{ plugins: [tally(costing(0.05, 0.02))] }], []],
    ['one dear call is worth many look-ups', [{ plugins: [{ ...cheap, savedMs: 500 }] }], []],
    [
      'one slow look-up is no reason',
      [{ plugins: [tally({ ...costing(0.05, 0.02), spentMs: 500 })] }],
      [],
    ],
    ['few calls', [{ plugins: [{ ...cheap, hits: 49 }] }], []],
    ['a record of an older version', [{ plugins: [{ ...cheap, callCosts: undefined }] }], []],
    ['another root', [{ root: '<root>/other/', plugins: [cheap] }], []],
    ['several builds of a run', [{ plugins: [cheap] }, { plugins: [] }], ['own']],
    ['a run since', [{ plugins: [cheap] }, { run: 'since', plugins: [] }], []],
    ['a run of another root since', [{ plugins: [cheap] }, { run: 'since', root: '/' }], ['own']],
    [
      'left alone, and not called since',
      [{ cheap: [{ plugin: 'own', callMs: 0.001, lookUpMs: 0.02 }], others: [] }],
      ['own'],
    ],
  ])('%s', async (_, records, expected) => {
    expect(await cheapAfter(...records)).toEqual(expected)
  })
})

test('the first decision holds for the process', () => {
  const cheap = { plugin: 'first', callMs: 1, lookUpMs: 2 }
  expect(decideOnce('first', cheap)).toBe(cheap)
  expect(decideOnce('first', undefined)).toBe(cheap)
  expect(decideOnce('second', undefined)).toBe(undefined)
  expect(decideOnce('second', cheap)).toBe(undefined)
})

test('medians are good to a tenth', () => {
  for (const ms of [0.001, 0.0123, 0.7, 44, 12_345]) {
    const median = medianCost([spread(ms), undefined])!
    expect(median / ms).toBeGreaterThan(0.9)
    expect(median / ms).toBeLessThan(1.1)
  }
  expect(medianCost([{ 0: 3, 40: 2 }])).toBe(0.001)
  expect(medianCost([undefined, {}])).toBe(undefined)
})
