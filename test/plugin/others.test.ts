import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostHome } from '../../scripts/lib/hosts.mjs'
import { readBuilds } from '../../src/engine/index.ts'
import type { BuildNotes } from '../../src/plugin/index.ts'
import { build, hosts, project, statsOf, storeOf, type Host } from './harness.ts'

// Calls that nobody remembers are timed, and nothing of them is another for that

interface Result {
  code: string
  map: null
}

/** Adds a line to `a.js`; what each test adds to it is the point. */
function stranger(name = 'stranger'): Record<string, unknown> {
  return {
    name,
    transform: (code: string, id: string): Result | null =>
      id.endsWith('a.js') ? { code: `${code}\nconsole.log('${name}')`, map: null } : null,
  }
}

const files = { 'main.js': `import './a.js'\n`, 'a.js': `console.log('a')\n` }

/** Of the last build, though others of the same process may have gone before. */
async function notesOf(root: string): Promise<BuildNotes> {
  const [record] = await readBuilds(storeOf(root), 1)
  return record!.notes as unknown as BuildNotes
}

async function strangersOf(root: string): Promise<string[]> {
  const { others = [] } = await notesOf(root)
  return others
    .filter(({ plugin }) => !/^(?:vite:|alias$|commonjs$)/.test(plugin))
    .map(({ plugin, hook, reason }) => `${plugin} ${hook}: ${reason}`)
    .sort()
}

describe.each(hosts)('%s', (host) => {
  test('all that is not remembered, each with its reason', async () => {
    const root = project(files)
    const plugins = () => [
      stranger(),
      {
        name: 'async',
        async transform(code: string) {
          await Promise.resolve()
          return { code: `${code}\nconsole.log('async')`, map: null }
        },
        renderChunk: (code: string) => ({ code: `${code}\n// chunk`, map: null }),
      },
      stranger('excluded'),
      { ...stranger('half'), load: () => null },
      { name: 'url', transform: () => null },
      { name: 'replace', transform: { order: 'post', handler: () => null } },
    ]
    const remember = { exclude: 'excluded', include: { plugin: 'half', hooks: ['transform'] } }
    const request = { host, root, plugins } as const
    const plain = await build({ ...request, remember: false })
    for (const stage of ['cold', 'warm']) {
      const built = await build({ ...request, remember: remember as never })
      expect(built.files, stage).toEqual(plain.files)
      expect(await strangersOf(root)).toEqual([
        'async renderChunk: no policy',
        'async transform: no policy',
        'excluded transform: excluded by the user',
        'half load: only its transform is remembered',
        'replace transform: one search for a pattern',
        'stranger transform: no policy',
        'url transform: `load` collects the files that `generateBundle` copies',
      ])
    }
    expect((await statsOf(root)).misses).toBe(0)
    expect((await notesOf(root)).others!.every(({ calls, ms }) => calls > 0 && ms >= 0)).toBe(true)
  })

  test('errors are what they are without us', async () => {
    const root = project(files)
    const error = (name: string): Error => Object.assign(new TypeError(`${name} fails`), { loc: 7 })
    const failing = [
      {
        name: 'sync',
        transform: (_: string, id: string) => {
          if (id.endsWith('a.js')) throw error('sync')
        },
      },
      {
        name: 'async',
        transform: async (_: string, id: string) => {
          if (id.endsWith('a.js')) throw error('async')
        },
      },
      {
        name: 'chunk',
        renderChunk: () => {
          throw error('chunk')
        },
      },
    ]
    for (const plugin of failing) {
      const tell = (remember: object | false): Promise<unknown> =>
        build({ host, root, plugins: () => [plugin], remember }).then(
          () => 'none',
          (told: Error & { code?: string; plugin?: string; hook?: string; loc?: unknown }) => ({
            text: told.message.replaceAll(/\s+at .*/g, ''),
            name: told.name,
            code: told.code,
            plugin: told.plugin,
            hook: told.hook,
            loc: told.loc,
          }),
        )
      const plain = await tell(false)
      expect(plain).toMatchObject({ text: expect.stringContaining(`${plugin.name} fails`) })
      expect(await tell({})).toEqual(plain)
    }
  })

  test('mode off touches nothing', async () => {
    const root = project(files)
    const plugin = stranger()
    const { transform } = plugin
    await build({ host, root, plugins: () => [plugin], remember: { mode: 'off' } })
    expect(plugin['transform']).toBe(transform)
  })

  test('what can only be changed by a setter, frozen and inherited hooks stay as they are', async () => {
    const root = project(files)
    const frozen = Object.freeze(stranger('frozen'))
    let set = 0
    const own = stranger('guarded')['transform']
    const guarded = Object.defineProperty({ name: 'guarded' }, 'transform', {
      get: () => own,
      set() {
        set++
      },
      enumerable: true,
    })
    const inheriting = Object.assign(Object.create(stranger('heir')) as object, { name: 'heir' })
    const plugins = () => [frozen, guarded, inheriting]
    const plain = await build({ host, root, plugins, remember: false })
    const built = await build({ host, root, plugins })
    expect(built.files).toEqual(plain.files)
    expect(set).toBe(0)
    expect(Object.keys(inheriting)).toEqual(['name'])
    expect(await statsOf(root)).toMatchObject({ problems: [] })
  })
})

test.each(['rollup', 'rolldown'] as const)(
  '%s: a plugin that a remembered one captured and calls does not look changed by our wrapper',
  async (host) => {
    const root = project(files)
    const { rollup } =
      host === 'rollup'
        ? await import('rollup')
        : {
            rollup: (await import('rolldown'))
              .rolldown as unknown as typeof import('rollup').rollup,
          }
    const { default: remember } = await import('../../src/rollup.ts')
    const captured = stranger('captured')
    const keeper = {
      name: 'keeper',
      transform(this: unknown, code: string, id: string) {
        if (!id.endsWith('main.js')) return null
        const inner = captured['transform'] as (...args: unknown[]) => Result | null
        return { code: `${code}\n// ${String(inner.call(this, 'x', 'a.js')?.code)}`, map: null }
      },
    }
    const run = async (own: unknown): Promise<string> => {
      const input = path.join(root, 'main.js')
      const bundle = await rollup({ input, plugins: [own, keeper, captured] as never })
      const { output } = await bundle.generate({ format: 'es' })
      await bundle.close()
      return output[0].code
    }
    const plain = await run(undefined)
    // one process, one copy of us: a later build sees the wrappers of the one before
    const calls: number[] = []
    for (const isCold of [true, false, false]) {
      const code = await run(remember({ dir: storeOf(root), include: 'keeper', summary: false }))
      expect(code).toBe(plain)
      const { plugins } = await notesOf(root)
      expect(plugins.some((each) => each.misses > 0)).toBe(isCold)
      expect(await strangersOf(root)).toEqual(['captured transform: no policy'])
      // wrapped once, however often it is met
      const { others = [] } = await notesOf(root)
      const own = others.find(({ plugin }) => plugin === 'captured')
      calls.push(own!.calls)
    }
    // the remembered one calls it besides when it runs
    const [cold, warm, again] = calls as [number, number, number]
    expect([cold - 1, again]).toEqual([warm, warm])
  },
)

const filtering: readonly Host[] = ['vite-8', 'rolldown']

test.each(filtering)('%s: no call where a filter keeps the host from calling', async (host) => {
  const root = project(files)
  const hook = { filter: { id: /a\.js$/ }, handler: () => null }
  await build({ host, root, plugins: () => [{ name: 'filtered', transform: hook }] })
  expect(await strangersOf(root)).toEqual(['filtered transform: no policy'])
  expect(hook.filter).toEqual({ id: /a\.js$/ })
})

test.each(['vite-8', 'vite-7'] as const)('%s: in the dev server too', async (host) => {
  const root = project(files)
  const vite = (await import(
    path.join(hostHome(host), 'node_modules/vite/dist/node/index.js')
  )) as typeof import('vite')
  const { default: remember } = await import('../../src/vite.ts')
  const serve = async (own: unknown[]): Promise<(string | undefined)[]> => {
    const server = await vite.createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      cacheDir: path.join(root, 'vite'),
      server: { middlewareMode: true, ws: false, watch: null },
      plugins: [...own, stranger()] as never,
    })
    try {
      const client = server.environments.client
      const codes = []
      for (const url of ['/main.js', '/a.js']) {
        codes.push((await client.transformRequest(url))?.code)
      }
      return codes
    } finally {
      await server.close()
    }
  }
  const plain = await serve([])
  const codes = await serve([remember({ dir: storeOf(root), summary: false })])
  expect(codes).toEqual(plain)
  expect(codes[1]).toContain('stranger')
  const runs = (await readBuilds(storeOf(root))).map(({ notes }) => notes as unknown as BuildNotes)
  const told = runs
    .flatMap(({ others = [] }) => others)
    .filter(({ plugin }) => plugin === 'stranger')
  expect(told).toMatchObject([{ hook: 'transform', calls: 2, reason: 'no policy' }])
})
