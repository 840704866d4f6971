import MagicString from 'magic-string'
import { describe, expect, test } from 'vitest'
import {
  build,
  createCalls,
  hosts,
  project,
  statsOf,
  write,
  type BuildRequest,
  type Calls,
} from './harness.ts'

const sources = {
  'main.js': `import { a } from './a.js'\nimport b from './b.txt'\nconsole.log(a, b)\n`,
  'a.js': `export const a = 'A'\n`,
  'b.txt': 'bee',
}

/** Without a file that only a `load` of ours can make a module. */
const plainSources = { ...sources, 'main.js': `import { a } from './a.js'\nconsole.log(a)\n` }

/** A plugin that counts its calls. */
function counting(calls: Calls, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'counting',
    load(id: string) {
      calls.emit('call', `load ${id.split('/').pop()}`)
      if (!id.endsWith('.txt')) return null
      return { code: `export default 'text'`, map: null, moduleType: 'js' }
    },
    transform(code: string, id: string) {
      calls.emit('call', `transform ${id.split('/').pop()}`)
      if (!id.endsWith('a.js')) return null
      const edited = new MagicString(code)
      edited.replace(`'A'`, `'AAA'`)
      return { code: edited.toString(), map: edited.generateMap({ hires: true }) }
    },
    ...more,
  }
}

const include = ['counting']

describe.each(hosts)('%s', (host) => {
  test.each([false, true])(
    'a second build runs no remembered hook, sourcemap %s',
    async (sourcemap) => {
      const root = project(sources)
      const calls = createCalls()
      const request: BuildRequest = { host, root, plugins: () => [counting(calls)], sourcemap }
      const plain = await build({ ...request, remember: false })
      const first = calls.take()
      const cold = await build({ ...request, remember: { include } })
      expect(calls.take().sort()).toEqual(first.sort())
      const warm = await build({ ...request, remember: { include } })
      expect(calls.take()).toEqual([])
      expect(cold.files).toEqual(plain.files)
      expect(warm.files).toEqual(plain.files)
      const stats = await statsOf(root)
      const own = stats.plugins.filter(({ plugin }) => plugin === 'counting')
      expect(own.reduce((sum, { hits }) => sum + hits, 0)).toBe(first.length)
      expect(stats).toMatchObject({ misses: 0, notStored: 0 })
    },
  )

  test('a changed module runs its own calls only', async () => {
    const root = project(sources)
    const calls = createCalls()
    const request: BuildRequest = { host, root, plugins: () => [counting(calls)] }
    await build({ ...request, remember: { include } })
    write(root, 'a.js', `export const a = 'A' + 1\n`)
    calls.take()
    const warm = await build({ ...request, remember: { include } })
    expect([...new Set(calls.take())].sort()).toEqual(['load a.js', 'transform a.js'])
    expect(warm.files).toEqual((await build({ ...request, remember: false })).files)
    const { recomputed } = await statsOf(root)
    expect(recomputed).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          hook: 'transform',
          id: '<root>/a.js',
          reason: 'part_changed',
          part: 'code',
        }),
      ]),
    )
  })

  test('renderChunk of input and output plugins', async () => {
    const root = project(sources)
    const calls = createCalls()
    const banner = (name: string): Record<string, unknown> => ({
      name,
      renderChunk(code: string) {
        calls.emit('call', name)
        return { code: `/* ${name} */\n${code}`, map: null }
      },
    })
    const request: BuildRequest = {
      host,
      root,
      plugins: () => [counting(createCalls()), banner('counting')],
      outputPlugins: () => [banner('out')],
      formats: ['es', 'cjs'],
    }
    const plain = await build({ ...request, remember: false })
    expect(calls.take().length).toBe(4)
    await build({ ...request, remember: { include: ['counting', 'out'] } })
    expect(calls.take().length).toBe(4)
    const warm = await build({ ...request, remember: { include: ['counting', 'out'] } })
    expect(calls.take()).toEqual([])
    expect(warm.files).toEqual(plain.files)
  })

  test('a chunk hook that reads what is not in its key is not stored', async () => {
    const root = project(plainSources)
    const reads = (): Record<string, unknown> => ({
      name: 'counting',
      renderChunk(code: string, chunk: { modules: object }) {
        return { code: `/* ${Object.keys(chunk.modules).length} modules */\n${code}`, map: null }
      },
    })
    const request: BuildRequest = { host, root, plugins: () => [reads()] }
    const plain = await build({ ...request, remember: false })
    for (let round = 0; round < 2; round++) {
      expect((await build({ ...request, remember: { include } })).files).toEqual(plain.files)
      expect((await statsOf(root)).notStoredReasons).toEqual({ 'chunk.modules': 1 })
    }
  })

  test('instances whose options differ never share', async () => {
    const root = project(plainSources)
    const make = (greeting: string) => {
      const options = { deep: { greeting } }
      return {
        name: 'counting',
        transform(code: string, id: string) {
          return id.endsWith('a.js')
            ? { code: code.replace('A', options.deep.greeting), map: null }
            : null
        },
      }
    }
    const request = { host, root, remember: { include } }
    const one = await build({ ...request, plugins: () => [make('one')] })
    const two = await build({ ...request, plugins: () => [make('two')] })
    expect(Object.values(one.files).join()).toContain('one')
    expect(Object.values(two.files).join()).toContain('two')
    const { recomputed } = await statsOf(root)
    expect(recomputed[0]).toMatchObject({
      reason: 'part_changed',
      part: expect.stringContaining('options.deep.greeting'),
      from: '"one"',
      to: '"two"',
    })
  })

  test('warnings and watch files are replayed', async () => {
    const root = project(plainSources)
    const warns = (): Record<string, unknown> => ({
      name: 'counting',
      transform(this: { warn(log: unknown): void }, _code: string, id: string) {
        if (id.endsWith('a.js')) this.warn({ message: 'careful', code: 'CAREFUL' })
        return null
      },
    })
    const request: BuildRequest = { host, root, plugins: () => [warns()] }
    const warnings = async (remember: BuildRequest['remember']) =>
      (await build({ ...request, remember: remember! })).logs.filter((log) => log.level === 'warn')
    const plain = await warnings(false)
    expect(plain.length).toBe(1)
    expect(await warnings({ include })).toEqual(plain)
    expect(await warnings({ include })).toEqual(plain)
    expect(await statsOf(root)).toMatchObject({ misses: 0 })
  })

  test('emitted files get their new references', async () => {
    const root = project(plainSources)
    const emitted = createCalls()
    const emits = (): Record<string, unknown> => ({
      name: 'counting',
      transform(this: { emitFile(file: unknown): string }, code: string, id: string) {
        if (!id.endsWith('a.js')) return null
        emitted.emit('call', id)
        const reference = this.emitFile({ type: 'asset', name: 'a.bin', source: 'bytes of a' })
        return { code: `${code}\nconsole.log(import.meta.ROLLUP_FILE_URL_${reference})`, map: null }
      },
    })
    // another asset first: references are then numbered differently
    const before = (name: string): Record<string, unknown> => ({
      name: 'before',
      buildStart(this: { emitFile(file: unknown): string }) {
        this.emitFile({ type: 'asset', name, source: name })
      },
    })
    const request = (name: string): BuildRequest => ({
      host,
      root,
      plugins: () => [before(name), emits()],
    })
    await build({ ...request('x.bin'), remember: { include } })
    expect(emitted.take().length).toBe(1)
    const warm = await build({ ...request('a.bin'), remember: { include } })
    expect(emitted.take()).toEqual([])
    const plain = await build({ ...request('a.bin'), remember: false })
    expect(warm.files).toEqual(plain.files)
  })

  test('a thrown error is shown as the plugin would have shown it, and never stored', async () => {
    const root = project(plainSources)
    const throws = (): Record<string, unknown> => ({
      name: 'counting',
      transform(
        this: { error(log: unknown, position: unknown): never },
        _code: string,
        id: string,
      ) {
        if (id.endsWith('a.js'))
          this.error({ message: 'no good', code: 'NO' }, { line: 1, column: 7 })
        return null
      },
    })
    const request: BuildRequest = { host, root, plugins: () => [throws()] }
    const shown = async (remember: BuildRequest['remember']) => {
      const error = await build({ ...request, remember: remember! }).then(
        () => undefined,
        (thrown: Record<string, unknown>) => thrown,
      )
      const one = (error?.['errors'] as Record<string, unknown>[] | undefined)?.[0] ?? error!
      const { message, plugin, hook, id, loc, frame, pluginCode } = one
      return { message, plugin, hook, id, loc, frame, pluginCode }
    }
    const plain = await shown(false)
    expect(plain).toMatchObject({ plugin: 'counting', hook: 'transform' })
    expect(await shown({ include })).toEqual(plain)
    expect(await shown({ include })).toEqual(plain)
  })
})
