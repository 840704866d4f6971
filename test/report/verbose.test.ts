import { expect, test } from 'vitest'
import { resolveOptions } from '../../src/plugin/options.ts'
import type { BuildNotes, HookTally } from '../../src/plugin/index.ts'
import { paintFor, verboseSummary } from '../../src/report/index.ts'
import { build, project, storeOf, type Host } from '../plugin/harness.ts'

function tally(plugin: string, more: Partial<HookTally>): HookTally {
  return {
    plugin,
    hook: 'transform',
    hits: 0,
    verified: 0,
    misses: 0,
    bypassed: 0,
    notStored: 0,
    savedMs: 0,
    spentMs: 0,
    callCosts: {},
    hitCosts: {},
    reasons: {},
    notStoredReasons: {},
    ...more,
  }
}

function notes(more: Partial<BuildNotes>): BuildNotes {
  return {
    format: 1,
    host: 'vite',
    environment: 'client',
    root: '<root>/',
    run: 'one',
    mode: 'readwrite',
    plugins: [tally('vite:vue', { hits: 10, savedMs: 1200, spentMs: 20 })],
    costs: { fingerprintMs: 0, inputsMs: 0 },
    durationMs: 10_000,
    recomputed: [],
    unreadable: [],
    problems: [],
    seen: [],
    ...more,
  }
}

const plain = paintFor({}, {})
const say = (more: Partial<BuildNotes>, env = {}): string[] =>
  verboseSummary(notes(more), plain, env)?.split('\n') ?? []
const advice = (more: Partial<BuildNotes>, env = {}): string[] =>
  say(more, env).filter((line) => line.startsWith('  → '))

test('a row for each plugin, with the most frequent cause', () => {
  const recomputed = ['a', 'b', 'c'].map((id) => ({
    plugin: 'vite:css',
    hook: 'transform' as const,
    id: `<root>/${id}.css`,
    ...(id === 'c'
      ? { reason: 'first_seen' as const }
      : { reason: 'input_changed' as const, part: 'file:<root>/theme.scss' }),
  }))
  const css = { misses: 3, spentMs: 5, reasons: { first_seen: 1, input_changed: 2 } }
  const load = tally('vite:vue', { hook: 'load', hits: 5, savedMs: 100 })
  const mdx = tally('mdx', { misses: 2, reasons: { first_seen: 2 } })
  const idle = tally('idle', {})
  const plugins = [tally('vite:css', css), ...notes({}).plugins, load, mdx, idle]
  expect(say({ plugins, recomputed })).toEqual([
    'remember  15 of 20 hook calls reused · saved 1.3 s · spent 0.03 s · 5 new',
    '  plugin    reused  new  saved  spent   why',
    '  vite:vue  15      0    1.3 s  0.02 s',
    '  vite:css  0       3           0.01 s  theme.scss: changed (2), and 1 more',
    '  mdx       0       2           0.00 s  first seen (2)',
  ])
})

test('nothing to say', () => {
  expect(say({ plugins: [] })).toEqual([])
  expect(advice({})).toEqual([])
})

const slow = { hook: 'transform', calls: 9, reason: 'no policy' } as const

test('a slow plugin that nobody looked at, in seconds and share', () => {
  const others = [
    { ...slow, plugin: 'my-slow', ms: 900 },
    { ...slow, plugin: 'my-slow', hook: 'load' as const, ms: 900 },
    { ...slow, plugin: 'commonjs', ms: 5000, reason: 'loads other modules' },
    { ...slow, plugin: 'quick', ms: 999 },
  ]
  const line =
    "  → my-slow took 1.8 s (18 % of the build) and has no policy. Test it: npx remember audit -- vite build. When it is safe: remember({ include: ['my-slow'] })"
  expect(advice({ others })).toEqual([line])
  expect(advice({ others, durationMs: 40_000 })).toEqual([])
  expect(advice({ others, host: 'rollup' })[0]).toContain('npx remember audit -- rollup -c')
})

test('a CI job that began without a store', () => {
  const cold = { plugins: [tally('a', { misses: 1 })], newStore: 'node_modules/.cache/store' }
  const line =
    '  → The store was empty when this CI job began. Let the job restore node_modules/.cache/store before the build, and save it after.'
  expect(advice(cold, { CI: 'true' })).toEqual([line])
  expect(advice(cold, { CI: 'false' })).toEqual([])
  expect(advice(cold)).toEqual([])
  expect(advice({ ...cold, plugins: [tally('a', { hits: 1 })] }, { CI: 'true' })).toEqual([])
  expect(advice({ plugins: cold.plugins }, { CI: 'true' })).toEqual([])
})

test('calls that are never stored, options that cannot be read, parts that always differ: three at most', () => {
  const printing = tally('loud', {
    misses: 30,
    notStored: 30,
    notStoredReasons: { 'printed to the terminal': 25, 'input_changed: a.js': 20 },
  })
  const few = tally('few', { misses: 5, notStoredReasons: { 'this.load': 5 } })
  const loud =
    "  → loud transform: 25 calls can't be stored (printed to the terminal), in each build anew. If that can't be helped: remember({ exclude: [{ plugin: 'loud', hooks: ['transform'] }] })"
  expect(advice({ plugins: [printing, few] })).toEqual([loud])
  const unreadable = [{ plugin: 'proxy', reason: 'options: a Proxy' }]
  const unstable = [{ plugin: 'own', path: 'options.stamp', from: '1', to: '2' }]
  const all = advice({
    plugins: [printing],
    unreadable,
    unstable,
    others: [{ ...slow, plugin: 'my-slow', ms: 5000 }],
  })
  expect(all).toEqual([
    expect.stringContaining('own: options.stamp differs in every build'),
    expect.stringContaining("proxy: its options can't be read (options: a Proxy)"),
    expect.stringContaining('my-slow took 5.0 s (50 % of the build)'),
  ])
})

test('colours and width as the terminal allows', () => {
  const terminal = { isTTY: true, columns: 30 }
  const coloured = (stream: object, env: object): boolean =>
    paintFor(stream, env as Record<string, string>).bold('x') !== 'x'
  expect(coloured(terminal, {})).toBe(true)
  expect(coloured(terminal, { NO_COLOR: '1' })).toBe(false)
  expect(coloured(terminal, { CI: 'true' })).toBe(false)
  expect(coloured(terminal, { TERM: 'dumb' })).toBe(false)
  expect(coloured({}, {})).toBe(false)
  expect(coloured({}, { FORCE_COLOR: '1', CI: 'true' })).toBe(true)
  expect(coloured(terminal, { FORCE_COLOR: '0' })).toBe(false)
  const text = verboseSummary(notes({}), paintFor(terminal, { NO_COLOR: '1' }), {})!
  expect(text.split('\n')[1]).toBe('  plugin    reused  new  save…')
})

test('the option', () => {
  const summary = (value: unknown): unknown =>
    resolveOptions({ summary: value as never }, {}).summary
  expect([undefined, true, 'line', 'verbose', false].map(summary)).toEqual([
    'line',
    'line',
    'line',
    'verbose',
    false,
  ])
  expect(() => summary('loud')).toThrow(/option `summary` is 'loud'\. Allowed: true, false, 'line'/)
})

test.each(['rollup', 'rolldown'] as const)('%s: at the end of a build', async (host: Host) => {
  const root = project({ 'main.js': 'console.log(1)\n' })
  const transform = (code: string): object => ({ code: `${code}//\n`, map: null })
  const said = async (summary: 'line' | 'verbose' | false): Promise<string[]> => {
    const { logs } = await build({
      host,
      root,
      plugins: () => [{ name: 'own', transform }],
      remember: { dir: storeOf(root), include: ['own'], summary },
    })
    const ours = logs.filter(({ plugin }) => plugin === 'vite-plugin-remember')
    return ours.flatMap(({ message }) => message.split('\n'))
  }
  expect((await said('verbose')).join('\n')).toMatch(/\n {2}own .* first seen/)
  expect(await said('line')).toHaveLength(1)
  expect(await said(false)).toEqual([])
})
