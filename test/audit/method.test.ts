import { describe, expect, test } from 'vitest'
import { audit, CannotAudit, type AuditResult } from '../../src/cli/audit/audit.ts'
import { findCulprits } from '../../src/cli/audit/culprits.ts'
import { checkOutputs } from '../../src/cli/audit/outputs.ts'
import { describeAudit } from '../../src/cli/audit/print.ts'
import type { BuildRun, Runner } from '../../src/cli/audit/run.ts'

// How the audit comes to its verdicts, with builds that are made up

/** A build that writes these files; a file's digest is its content here. */
function wrote(files: Readonly<Record<string, string>>, more: Partial<BuildRun> = {}): BuildRun {
  const outputs = new Map(Object.entries(files))
  return { failed: undefined, ms: 1000, notes: [], outputs, builds: [], ...more }
}

const content = (digest: string): Buffer => Buffer.from(digest, 'latin1')

describe('outputs', () => {
  const check = (...plain: Readonly<Record<string, string>>[]) =>
    checkOutputs(
      plain.map((files) => wrote(files)),
      content,
    )

  test('of two equal plain builds everything counts', () => {
    const { unstable, differs } = check({ 'a.js': 'one' }, { 'a.js': 'one' })
    expect(unstable).toEqual([])
    expect(differs(wrote({ 'a.js': 'one' }))).toBe(undefined)
    expect(differs(wrote({ 'a.js': 'two' }))).toBe('a.js differs at line 1 column 1: "one" → "two"')
    expect(differs(wrote({}))).toBe('a.js is missing')
    expect(differs(wrote({ 'a.js': 'one', 'b.js': '' }))).toBe('b.js is written besides')
    expect(differs(wrote({ 'a.js': 'one' }, { failed: 'code 1' }))).toBe('the build fails, code 1')
  })

  test('what differs between plain builds does not, and what is beside it does', () => {
    const { unstable, differs } = check(
      { 'main-AbCd_123.js': 'at = 17; f("main-AbCd_123.js", x)' },
      { 'main-Zx-99_aq.js': 'at = 99; f("main-Zx-99_aq.js", x)' },
    )
    expect(unstable).toEqual(['main-*.js'])
    expect(differs(wrote({ 'main-77777777.js': 'at = 3; f("main-77777777.js", x)' }))).toBe(
      undefined,
    )
    expect(differs(wrote({ 'main-77777777.js': 'at = 3; f("main-77777777.js", y)' }))).toContain(
      'main-*.js differs',
    )
    expect(differs(wrote({ 'main-77777777.js': 'at = 3; f("main-77777777.js", x); y' }))).toContain(
      'main-*.js differs',
    )
    expect(differs(wrote({}))).toBe('main-*.js is missing')
  })

  test('of a file that is longer in another plain build nobody can tell', () => {
    const { unstable, differs } = check({ a: 'x', b: '1' }, { a: 'x y', b: '1' })
    expect(unstable).toEqual(['a'])
    expect(differs(wrote({ a: 'z', b: '1' }))).toBe(undefined)
    expect(differs(wrote({ a: 'z', b: '2' }))).toContain('b differs')
  })

  test('more plain builds show more of what varies, those of another form nothing', () => {
    const { differs } = check({ a: 'x 1 1' }, { a: 'x 1 1' }, { a: 'x 1 2' }, { a: 'x' })
    expect(differs(wrote({ a: 'x 1 9' }))).toBe(undefined)
    expect(differs(wrote({ a: 'x 9 1' }))).toContain('column 3')
  })
})

describe('culprits', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

  async function found(isBad: (plugins: readonly string[]) => boolean) {
    let builds = 0
    const differs = async (plugins: readonly string[]): Promise<string | undefined> => {
      builds++
      return isBad(plugins) ? plugins.join('') : undefined
    }
    const seen = isBad(names) ? 'all' : undefined
    const culprits = await findCulprits({ suspects: names, seen, differs })
    return { culprits: culprits.map(({ plugins }) => plugins.join('')).sort(), builds }
  }

  test.each<[string, readonly string[]]>([
    ['none', []],
    ['one', ['e']],
    ['some', ['a', 'f', 'g']],
    ['all', names],
  ])('%s', async (_name, guilty) => {
    const { culprits } = await found((plugins) => plugins.some((name) => guilty.includes(name)))
    expect(culprits).toEqual(guilty)
  })

  test('nobody costs nothing; one is found without asking each', async () => {
    expect((await found(() => false)).builds).toBe(0)
    expect((await found((plugins) => plugins.includes('c'))).builds).toBeLessThanOrEqual(8)
  })

  test('two that do it only together are named together', async () => {
    const both = await found((plugins) => plugins.includes('b') && plugins.includes('f'))
    expect(both.culprits).toEqual(['abcdefg'])
    const beside = await found(
      (plugins) => plugins.includes('a') || (plugins.includes('b') && plugins.includes('f')),
    )
    expect(beside.culprits).toEqual(['a', 'bcdefg'])
  })

  test('when it happens without any of them, all are in doubt', async () => {
    const { culprits, builds } = await found(() => true)
    expect(culprits).toEqual(['abcdefg'])
    expect(builds).toBe(1)
  })

  test('what comes and goes ends, and nobody is taken for safe', async () => {
    let turn = 0
    const { culprits } = await found(
      (plugins) => plugins.length === names.length && turn++ % 2 === 0,
    )
    expect(culprits).toEqual(['abcdefg'])
  })
})

describe('verdicts', () => {
  interface Made {
    readonly output: (phase: Parameters<Runner['run']>[0]) => string
    readonly names?: readonly string[]
    readonly tally?: object
    readonly failed?: (mode: string) => string | undefined
  }

  async function judged({
    output,
    failed,
    names = ['one', 'two'],
    tally: own,
  }: Made): Promise<AuditResult> {
    const tally = { hook: 'transform', hits: 0, verified: 0, misses: 0, bypassed: 0, notStored: 0 }
    const more = { savedMs: 0, spentMs: 0, reasons: {}, notStoredReasons: {} }
    const runner: Runner = {
      content,
      async run(phase) {
        const called = phase.mode === 'off' ? [] : (phase.only ?? names)
        const plugins = called.map((plugin) =>
          phase.mode === 'readwrite'
            ? { ...tally, ...more, plugin, misses: 9, hits: 9, savedMs: 900, spentMs: 1, ...own }
            : { ...tally, ...more, plugin, hits: 9 },
        )
        const builds = [{ plugins, differing: [], unreadable: [], recomputed: [] }]
        return wrote(
          { 'out.js': output(phase) },
          {
            failed: failed?.(phase.mode),
            notes: names.map((plugin) => ({
              plugin,
              role: 'tried',
              hooks: ['transform'],
            })),
            builds: builds as never,
          },
        )
      },
    }
    return await audit(runner, () => undefined)
  }

  const of = ({ plugins }: AuditResult): string[] =>
    plugins.map(({ plugin, verdict, findings }) =>
      [plugin, verdict, ...findings.map(({ kind }) => kind)].join(' '),
    )

  test('who changes the output by being observed', async () => {
    const result = await judged({
      output: ({ mode, only = ['two'] }) =>
        mode !== 'off' && only.includes('two') ? 'other' : 'plain',
    })
    expect(of(result)).toEqual(['one safe', 'two not safe observing_changes_it'])
  })

  test('who changes it by being reused; what builds do by themselves is nobody’s', async () => {
    let builds = 0
    const result = await judged({
      output: ({ mode, only = ['one'] }) =>
        `number ${builds++ > 2 ? 1 : 0} ${mode === 'readonly' && only.includes('one') ? 'b' : 'a'}`,
    })
    expect(of(result)).toEqual(['one safe', 'two safe'])
    expect(result.unstable).toEqual(['out.js'])
  })

  test('what happens only once is told', async () => {
    let runs = 0
    const result = await judged({
      output: () => 'same',
      failed: (mode) => (mode === 'readwrite' && runs++ === 1 ? 'it ended' : undefined),
    })
    expect(result.unexplained).toEqual([
      'Once, and not again, with calls remembered, the build fails, it ended',
    ])
  })

  test('a build that fails with what is reused, but for one of them', async () => {
    let stored = false
    const result = await judged({
      output: ({ mode, only }) => {
        const isWarm = mode === 'readonly' || (mode === 'readwrite' && stored)
        if (mode === 'readwrite') stored = true
        return isWarm && (only ?? ['one']).includes('one') ? 'other' : 'same'
      },
      failed: (mode) => (mode === 'verify' ? 'code 1' : undefined),
    })
    expect(of(result)).toEqual(['one not safe state_left_behind', 'two safe'])
    expect(result.unexplained).toHaveLength(2)
    expect(result.unexplained[0]).toBe('With all that is reused computed again, it fails, code 1')
  })

  test('a build that fails by itself is not judged', async () => {
    const failing = judged({ output: () => '', failed: () => 'it ended' })
    await expect(failing).rejects.toThrow(CannotAudit)
  })

  test('what can’t be traced is no finding where a policy knows of it', async () => {
    const result = await judged({
      output: () => 'same',
      names: ['one', 'terser'],
      tally: { unseen: { 'a worker thread': 9 } },
    })
    expect(of(result)).toEqual(['one not safe unseen_inputs', 'terser safe'])
  })

  test.each<[string, object, string]>([
    [
      'all refused',
      { notStored: 9, notStoredReasons: { 'this.load': 9 }, hits: 0 },
      'not safe refused_calls',
    ],
    ['some refused', { notStored: 3, notStoredReasons: { 'this.load': 3 } }, 'safe'],
    ['cheap calls', { savedMs: 0.5, spentMs: 0.1 }, 'not worth it'],
    ['a small share of the build', { hits: 2, savedMs: 9 }, 'not worth it'],
    ['dear reuse', { spentMs: 1000 }, 'not worth it'],
    ['nothing reused', { hits: 0 }, 'not worth it'],
  ])('%s', async (_name, own, verdict) => {
    const result = await judged({ output: () => 'same', names: ['one'], tally: own })
    expect(of(result)).toEqual([`one ${verdict}`])
  })

  test('for people', async () => {
    const result = await judged({ output: () => 'same' })
    expect(describeAudit(result))
      .toBe(`builds  plain 1.0 s, 1.0 s, 1.0 s · cold 1.0 s · warm 1.0 s · verify 1.0 s · other order 1.0 s

one transform: safe to include
  18 calls; 9 reused: 900 ms (100 ms each) in 1.0 ms
  remember({ include: ['one'] })

two transform: safe to include
  18 calls; 9 reused: 900 ms (100 ms each) in 1.0 ms
  remember({ include: ['two'] })

In all: remember({ include: ['one', 'two'] })`)
  })
})
