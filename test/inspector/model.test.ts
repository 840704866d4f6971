import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { clear, openCache, readBuilds } from '../../src/engine/index.ts'
import { readIdentity, readModule, readReport } from '../../src/report.ts'
import { lastStats } from '../../src/report/index.ts'
import {
  makeReport,
  openDetails,
  type ModuleDetails,
  type Report,
} from '../../src/report/model/index.ts'
import { build, hosts, project, storeOf, write, type Host } from '../plugin/harness.ts'

const first = (mark = 'a'): object => ({
  name: 'first',
  transform: (code: string) => ({ code: `${code}//${mark}\n`, map: null }),
})
const second = (): object => ({
  name: 'second',
  transform: (code: string) => ({ code: `${code}//second\n`, map: null }),
})
/** Not remembered: what it gives is in no store. */
const between = (): object => ({
  name: 'between',
  transform: (code: string) => ({ code: `${code}//between\n`, map: null }),
})
const asking = (): object => ({
  name: 'asking',
  transform(this: { getModuleIds(): Iterable<string> }, code: string, id: string) {
    if (id.endsWith('asks.js')) void [...this.getModuleIds()]
    return { code, map: null }
  },
})

const sources = {
  'main.js': `import './one.js'\nimport './asks.js'\n`,
  'one.js': 'console.log(1)\n',
  'asks.js': 'console.log(2)\n',
}

const include = ['first', 'second', 'asking']

function run(root: string, plugins: () => unknown[], host: Host = 'rollup'): Promise<unknown> {
  return build({ host, root, plugins, remember: { include } })
}

async function detailsOf(root: string, report: Report, id: string): Promise<ModuleDetails> {
  const reader = await openDetails({ dir: storeOf(root), run: report.run!, root })
  try {
    return reader.read(report.run!.modules.find((module) => module.id === `<root>/${id}`)!)
  } finally {
    reader.close()
  }
}

function statesOf(report: Report): Record<string, string[]> {
  const { modules } = report.run!
  return Object.fromEntries(
    // hosts have modules and plugins of their own
    modules
      .filter(({ id }) => id.startsWith('<root>/'))
      .map(({ id, calls }) => [
        path.basename(id),
        calls
          .filter(({ plugin }) => include.includes(plugin))
          .map(({ plugin, state, cause }) => `${plugin} ${state}${cause ? `: ${cause}` : ''}`),
      ]),
  )
}

test.each(hosts)('%s: what became of each call of the last run', async (host) => {
  const root = project(sources)
  const plugins = (): unknown[] => [first(), second(), asking()]
  await run(root, plugins, host)
  const cold = await makeReport({ dir: storeOf(root) })
  expect(statesOf(cold)).toEqual({
    'main.js': ['first new: first seen', 'second new: first seen', 'asking new: first seen'],
    'one.js': ['first new: first seen', 'second new: first seen', 'asking new: first seen'],
    'asks.js': [
      'first new: first seen',
      'second new: first seen',
      'asking not stored: this.getModuleIds',
    ],
  })

  write(root, 'one.js', 'console.log(11)\n')
  await run(root, plugins, host)
  const warm = await makeReport({ dir: storeOf(root) })
  expect(statesOf(warm)).toEqual({
    'main.js': ['first reused', 'second reused', 'asking reused'],
    'one.js': [
      'first new: code: changed',
      'second new: code: changed',
      'asking new: code: changed',
    ],
    'asks.js': ['first reused', 'second reused', 'asking not stored: this.getModuleIds'],
  })
  const { run: last, runs, store } = warm
  const { hits, misses, savedMs, spentMs } = (await lastStats(storeOf(root)))!
  expect(last).toMatchObject({ hits, misses, savedMs, spentMs, notStored: 1, isLive: false })
  const own = last!.plugins.filter(({ plugin }) => include.includes(plugin))
  expect(own.map(({ plugin }) => plugin)).toEqual(['first', 'second', 'asking'])
  expect(own.every(({ computedMs }) => computedMs > 0)).toBe(true)
  expect(runs.length).toBe(2)
  expect(runs.at(-1)).toMatchObject({ hits, misses })
  const packs = path.join(storeOf(root), 'packs')
  const sizes = fs.readdirSync(packs).map((name) => fs.statSync(path.join(packs, name)).size)
  expect(store).toMatchObject({
    packs: sizes.length,
    size: sizes.reduce((sum, size) => sum + size, 0),
  })
})

test('an option that changed is the cause, old and new; a secret one is hidden', async () => {
  const root = project(sources)
  const plugin = (look: string, apiToken: string): object => ({
    name: 'first',
    transform: (code: string) => ({ code: `${code}//${look}${apiToken.length}\n`, map: null }),
  })
  await run(root, () => [plugin('a', 'hush')])
  await run(root, () => [plugin('b', 'hush')])
  const looks = await makeReport({ dir: storeOf(root) })
  expect(statesOf(looks)['one.js']).toEqual(['first new: look: "a" → "b"'])
  await run(root, () => [plugin('b', 'hush-hush')])
  const tokens = await makeReport({ dir: storeOf(root) })
  expect(statesOf(tokens)['one.js']).toEqual(['first new: apiToken: (hidden) → (hidden)'])
  const reader = await openDetails({ dir: storeOf(root), run: tokens.run!, root })
  const parts = [...reader.identities.all.values()].flat()
  reader.close()
  expect(parts).toContainEqual({ path: 'look', value: '"b"' })
  expect(parts).toContainEqual({ path: 'apiToken', value: '(hidden)' })
  expect(JSON.stringify([tokens, parts])).not.toContain('hush')
})

test("the user's own parts of a call's key", async () => {
  const root = project(sources)
  const extra = { theme: 'dark' }
  await build({ host: 'rollup', root, plugins: () => [first()], remember: { include, extra } })
  const report = await makeReport({ dir: storeOf(root) })
  const { calls } = await detailsOf(root, report, 'one.js')
  expect(calls[0]!.parts).toContainEqual({ path: 'extra.theme', value: '"dark"' })
})

test('the code before a call: the file, or what another call gave; else it is said to be missing', async () => {
  const root = project(sources)
  await run(root, () => [first(), second()])
  const plain = await detailsOf(root, await makeReport({ dir: storeOf(root) }), 'one.js')
  expect(plain.calls.map(({ before }) => before)).toEqual([
    { code: 'console.log(1)\n', from: 'the file' },
    { code: 'console.log(1)\n//a\n', from: 'transform of first' },
  ])
  expect(plain.calls[1]!.after).toBe('console.log(1)\n//a\n//second\n')

  await run(root, () => [first(), between(), second()])
  const report = await makeReport({ dir: storeOf(root) })
  const hidden = await detailsOf(root, report, 'one.js')
  expect(hidden.calls.map(({ before }) => 'code' in before)).toEqual([true, false])
  expect(hidden.calls[1]!.before).toEqual({ missing: expect.stringContaining('Not stored') })

  // what is in the file now is not what the call was given
  write(root, 'one.js', 'console.log(3)\n')
  const edited = await detailsOf(root, report, 'one.js')
  expect(edited.calls[0]!.before).toEqual({ missing: expect.stringContaining('Not stored') })
})

test('inputs, effects and the parts of the key', async () => {
  const root = project({ ...sources, 'note.txt': 'note' })
  const noting = (): object => ({
    name: 'first',
    transform(this: { addWatchFile(file: string): void }, code: string) {
      this.addWatchFile(path.join(root, 'note.txt'))
      return {
        code: `${code}// ${fs.readFileSync(path.join(root, 'note.txt'), 'utf8')}`,
        map: null,
      }
    },
  })
  await run(root, () => [noting()])
  const { calls } = await detailsOf(root, await makeReport({ dir: storeOf(root) }), 'one.js')
  const [call] = calls
  expect(call!.inputs.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining(['file <root>/note.txt', 'file <root>/one.js']),
  )
  expect(call!.effects).toEqual(['addWatchFile <root>/note.txt'])
  expect(call!.parts.map((part) => part.path)).toEqual(['id', 'code', 'call.ssr'])
  expect(call!.identity).toMatch(/^[\da-f]{32}$/)
})

test('packs are merged: what the last run used is known all the same; what was cleared is said to be gone', async () => {
  const root = project(sources)
  const dir = storeOf(root)
  await run(root, () => [first(), second()])
  write(root, 'one.js', 'console.log(11)\n')
  await run(root, () => [first(), second()])
  expect(statesOf(await makeReport({ dir }))['main.js']).toEqual(['first reused', 'second reused'])

  const packs = (): string[] => fs.readdirSync(path.join(dir, 'packs'))
  const before = packs()
  await clear({ dir, where: ({ label }) => !label.startsWith('first') })
  expect(packs().filter((name) => before.includes(name))).toEqual([])
  expect(statesOf(await makeReport({ dir }))).toEqual({
    'main.js': ['first reused'],
    'one.js': ['first new: code: changed'],
    'asks.js': ['first reused'],
  })
})

test('entries that are gone', async () => {
  const root = project(sources)
  const dir = storeOf(root)
  await run(root, () => [first(), second()])
  write(root, 'one.js', 'console.log(11)\n')
  await run(root, () => [first(), second()])
  await clear({ dir, where: ({ label }) => label.startsWith('second') })
  const report = await makeReport({ dir })
  expect(statesOf(report)).toEqual({
    'main.js': ['first reused', 'second gone'],
    'one.js': ['first new: code: changed', 'second gone: code: changed'],
    'asks.js': ['first reused', 'second gone'],
  })
  expect((await detailsOf(root, report, 'one.js')).calls[1]!.before).toEqual({
    missing: 'Nothing of this call is stored.',
  })
})

test('plugins that are not remembered, as their records tell', async () => {
  const root = project(sources)
  const dir = storeOf(root)
  await run(root, () => [first()])
  const [record] = await readBuilds(dir)
  const other = { plugin: 'slow', hook: 'transform', reason: 'it has no policy' }
  // two builds of a later run
  for (const [calls, ms] of [
    [3, 40],
    [2, 10],
  ]) {
    const cache = await openCache({ dir })
    await cache.close({ ...record!.notes, run: 'another', others: [{ ...other, calls, ms }] })
  }
  const report = await makeReport({ dir })
  expect(report.run!.others).toEqual([{ ...other, calls: 5, ms: 50 }])
  expect(report.run!.builds.length).toBe(2)
})

test('the typed door reads the same', async () => {
  const root = project(sources)
  const dir = storeOf(root)
  await run(root, () => [first(), second()])
  const report = await readReport(dir)
  expect({ ...(await makeReport({ dir })), createdAt: report.createdAt }).toEqual(report)
  const module = await readModule(dir, '<root>/one.js', { root })
  expect(module).toEqual(await detailsOf(root, await makeReport({ dir }), 'one.js'))
  expect(await readModule(dir, '<root>/none.js', { root })).toBeUndefined()
  const parts = await readIdentity(dir, module!.calls[0]!.identity!)
  expect(parts).toContainEqual({ path: 'mark', value: '"a"' })
})

test('a folder that is no store', async () => {
  const root = project({})
  expect(await makeReport({ dir: storeOf(root) })).toMatchObject({ run: undefined, runs: [] })
})
