import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Options } from '../../src/vite.ts'
import { compareDirs } from '../support/compareDirs.ts'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { copyPlayground } from '../support/playground.ts'
import { runNodeOrThrow } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'
import { lastStats } from '../../src/report/index.ts'
import {
  build,
  createCalls,
  hosts,
  project,
  statsOf,
  type Built,
  type BuildRequest,
  type Calls,
} from '../plugin/harness.ts'

const sources = {
  'main.js': `import { a } from './a.js'\nimport { b } from './b.js'\nconsole.log(a, b)\n`,
  'a.js': `export const a = 'say'\n`,
  'b.js': `export const b = 'say'\n`,
}

type Hook = (this: { addWatchFile(id: string): void; warn(text: string): void }) => unknown

declare global {
  // what no tracing can see
  var rememberTestWord: string
  var rememberTestHook: Hook
}

/** Writes a word that lives in a global variable. */
function liar(calls: Calls, hooks: readonly string[]): Record<string, unknown> {
  const word = (): string => globalThis.rememberTestWord
  const all = {
    name: 'liar',
    load(id: string) {
      if (!id.endsWith('b.js')) return null
      calls.emit('call', 'load b')
      return { code: `export const b = '${word()}'\n`, map: null }
    },
    transform(this: { addWatchFile(id: string): void }, code: string, id: string) {
      if (!id.endsWith('a.js')) return null
      calls.emit('call', 'transform a')
      this.addWatchFile(path.join(path.dirname(id), 'always.txt'))
      if (word() === 'wrong') this.addWatchFile(path.join(path.dirname(id), 'wrong.txt'))
      return { code: `\n${code.replace('say', word())}`, map: null }
    },
    renderChunk(code: string) {
      calls.emit('call', 'renderChunk')
      return { code: `${code}\n// ${word()}\n`, map: null }
    },
  }
  const chosen = Object.entries(all).filter(([name]) => name === 'name' || hooks.includes(name))
  return Object.fromEntries(chosen)
}

interface Lied {
  readonly root: string
  readonly calls: Calls
  readonly right: Built
  run(options: Options): Promise<Built>
}

/** A store whose entries were made while the word was wrong; it is right now. */
async function lied(host: BuildRequest['host'], hooks: readonly string[]): Promise<Lied> {
  const calls = createCalls()
  const request = { host, root: project(sources), plugins: () => [liar(calls, hooks)] }
  const run = (options: Options): Promise<Built> =>
    build({ ...request, remember: { include: ['liar'], ...options } })
  globalThis.rememberTestWord = 'wrong'
  await run({})
  globalThis.rememberTestWord = 'right'
  const right = await build({ ...request, remember: false })
  calls.take()
  return { root: request.root, calls, right, run }
}

const modules = ['load', 'transform']
const all = ['load b', 'transform a']

const audits: readonly Options[] = [{ mode: 'verify' }, { verify: 1 }]

describe.each(hosts)('%s', (host) => {
  test('sampled by nobody, what is stored is reused', async () => {
    const { calls, right, run } = await lied(host, modules)
    const reused = await run({ verify: 0 })
    expect(calls.take()).toEqual([])
    expect(reused.files).not.toEqual(right.files)
  })

  test.each(audits)(
    '%j tells what differs, uses what is right, and it never comes back',
    async (audit) => {
      const { root, calls, right, run } = await lied(host, modules)
      const audited = await run(audit)
      expect(audited.files).toEqual(right.files)
      expect(calls.take().sort()).toEqual(all)

      const { differing, differingCount, problems, verified } = await statsOf(root)
      const told = Object.fromEntries(differing.map((each) => [each.hook, each]))
      expect(differingCount).toBe(2)
      expect(told['load']).toMatchObject({
        plugin: 'liar',
        id: '<root>/b.js',
        field: 'result.code',
        line: 1,
        column: 19,
      })
      expect(told['transform']).toMatchObject({ field: 'result.code', line: 2, column: 19 })
      expect(told['transform']!.from).toContain('wrong')
      expect(told['transform']!.to).toContain('right')
      expect(problems).toEqual([])
      // what it had nothing to say of
      expect(verified).toBeGreaterThan(0)

      const warnings = audited.logs.filter(({ message }) => message.includes('Withdrawn'))
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatchObject({ level: 'warn', plugin: 'vite-plugin-remember' })
      expect(warnings[0]!.message).toContain('2 stored results are')
      expect(warnings[0]!.message).toMatch(
        /liar load <root>\/b\.js: result\.code at line 1 column 19: /,
      )

      // stored anew by the first build, reused by the second
      for (const ran of [all, []]) {
        expect((await run({})).files).toEqual(right.files)
        expect(calls.take().sort()).toEqual(ran)
      }
      await run(audit)
      expect(await statsOf(root)).toMatchObject({ differing: [], misses: 0 })
    },
  )

  test('chunks are verified too', async () => {
    const { root, calls, right, run } = await lied(host, ['renderChunk'])
    const audited = await run({ mode: 'verify' })
    expect(audited.files).toEqual(right.files)
    const { differing } = await statsOf(root)
    expect(differing).toMatchObject([{ plugin: 'liar', hook: 'renderChunk', field: 'result.code' }])
    expect(calls.take()).toEqual(['renderChunk'])
    expect((await run({})).files).toEqual(right.files)
  })

  test('readonly samples find it, and leave the store alone', async () => {
    const { root, calls, right, run } = await lied(host, modules)
    const packs = fs.readdirSync(path.join(root, 'store/packs'))
    const audited = await run({ mode: 'readonly', verify: 1 })
    expect(audited.files).toEqual(right.files)
    expect(audited.logs.some(({ message }) => message.includes('Withdrawn'))).toBe(true)
    expect(fs.readdirSync(path.join(root, 'store/packs'))).toEqual(packs)
    expect(calls.take().sort()).toEqual(all)
  })
})

// made out here: what a test's own scope holds would be their options
function changing(): Record<string, unknown> {
  return {
    name: 'changing',
    transform(this: never, _code: string, id: string): unknown {
      return id.endsWith('a.js') ? (globalThis.rememberTestHook.call(this) ?? null) : null
    },
  }
}

function suffix(): Record<string, unknown> {
  return {
    name: 'suffix',
    transform: (code: string) => ({
      code: `${code}// ${globalThis.rememberTestWord}\n`,
      map: null,
    }),
  }
}

describe('what differs', () => {
  const rows: readonly [string, Hook, Hook, string][] = [
    [
      'a watch file less',
      function () {
        this.addWatchFile('/one')
        this.addWatchFile('/two')
      },
      function () {
        this.addWatchFile('/one')
      },
      'effects[1]: addWatchFile "/two" missing',
    ],
    [
      'a watch file more',
      function () {
        this.addWatchFile('/one')
      },
      function () {
        this.addWatchFile('/zero')
        this.addWatchFile('/one')
      },
      'effects[0]: addWatchFile "/zero" new',
    ],
    [
      'another warning',
      function () {
        this.warn('old')
      },
      function () {
        this.warn('new')
      },
      'effects[0]: warn "old" → warn "new"',
    ],
    ['an answer', () => null, () => ({ code: 'export const a = 1' }), 'result: null → {'],
    [
      'a source map',
      () => ({ code: 'export const a = 1', map: { mappings: 'AAAA', version: 3, sources: [] } }),
      () => ({ code: 'export const a = 1', map: { mappings: 'AAAC', version: 3, sources: [] } }),
      'result.map.mappings at line 1 column 4: "AAAA" → "AAAC"',
    ],
    [
      'a failure',
      () => null,
      () => {
        throw new Error('not any more')
      },
      'a value → throws Error: not any more',
    ],
  ]

  test.each(rows)('%s', async (_name, before, now, text) => {
    const root = project({
      'main.js': `import './a.js'\nconsole.log(1)`,
      'a.js': 'export const a = 1',
    })
    const run = (mode: 'readwrite' | 'verify'): Promise<Built | Error> =>
      build({
        host: 'rollup',
        root,
        plugins: () => [changing()],
        remember: { include: ['changing'], mode },
      }).catch((error: Error) => error)
    globalThis.rememberTestHook = before
    await run('readwrite')
    globalThis.rememberTestHook = now
    const built = await run('verify')
    if (built instanceof Error) {
      expect(built.message).toContain('not any more')
      // the next build fails as well
      expect(await run('readwrite')).toBeInstanceOf(Error)
      return
    }
    const warning = built.logs.find(({ message }) => message.includes('Withdrawn'))
    expect(warning?.message).toContain(`changing transform <root>/a.js: ${text}`)
  })

  test('many are a few lines', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `m${i}.js`)
    const root = project({
      'main.js': names.map((name) => `import './${name}'\n`).join(''),
      ...Object.fromEntries(names.map((name) => [name, 'console.log(1)\n'])),
    })
    const run = (options: Options): Promise<Built> =>
      build({
        host: 'rollup',
        root,
        plugins: () => [suffix()],
        remember: { include: ['suffix'], ...options },
      })
    globalThis.rememberTestWord = 'a'
    await run({})
    globalThis.rememberTestWord = 'b'
    const { logs } = await run({ mode: 'verify' })
    const { message } = logs.find(({ level }) => level === 'warn')!
    expect(message).toMatch(/10 stored results are not what the plugin gives now/)
    expect(message.split('\n')).toHaveLength(7)
    expect(message).toMatch(/ {2}and 5 more \(npx remember stats --json\)$/)
    const stats = await statsOf(root)
    expect(stats.differing).toHaveLength(10)
    expect(stats.differingCount).toBe(10)
  })
})

test.each([-0.1, 1.1, NaN, '0.5', true])('verify: %j is refused', async (verify) => {
  const { resolveOptions } = await import('../../src/plugin/options.ts')
  expect(() => resolveOptions({ verify: verify as never })).toThrow(
    /option `verify` is .*\. Allowed: a share from 0 \(none\) to 1 \(all\)\.$/,
  )
})

test.each(['vite-8', 'vite-7'] as const)(
  'a sampled call of a plugin with state finds that state, %s',
  async (host) => {
    const playground = await copyPlayground('vue', host)
    fs.writeFileSync(
      path.join(playground.dir, 'sampled.config.js'),
      `import config from './vite.config.js'
import remember from 'vite-plugin-remember'
const [, ...others] = config.plugins
export default { ...config, plugins: [remember({ verify: 0.4 }), ...others] }
`,
    )
    await playground.build('cold')
    await playground.build('sampled', { config: 'sampled.config.js' })
    const { verified, hits, misses, differing } = (await lastStats(playground.store))!
    expect(differing).toEqual([])
    expect(misses).toBe(0)
    expect(verified).toBeGreaterThan(0)
    expect(verified).toBeLessThan(hits)
    expect(
      compareDirs(path.join(playground.dir, 'cold'), path.join(playground.dir, 'sampled')),
    ).toEqual([])
  },
)

test('Rollup’s command line shows what differs', async () => {
  const dir = path.join(tempDir('vite-8'), 'fixture')
  fs.cpSync(path.join(import.meta.dirname, 'fixture'), dir, { recursive: true })
  const rollup = path.join(hostModules('vite-8'), 'rollup/dist/bin/rollup')
  const run = (mode: string) =>
    runNodeOrThrow(rollup, {
      cwd: dir,
      args: ['-c'],
      env: {
        AUDIT_PLUGINS: 'impure',
        AUDIT_INCLUDE: 'impure',
        REMEMBER: mode,
        REMEMBER_DIR: path.join(dir, 'store'),
      },
    })
  expect((await run('readwrite')).stderr).not.toContain('Withdrawn')
  const { stderr } = await run('verify')
  expect(stderr).toContain('[plugin vite-plugin-remember] 1 stored result is not')
  expect(stderr).toMatch(/impure transform \S*src\/stamp\.js: result\.code at line 1 column/)
})
