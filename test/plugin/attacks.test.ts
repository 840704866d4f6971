import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { build, createCalls, project, write, type BuildRequest, type Host } from './harness.ts'
import { some } from '../support/some.ts'

// Each of these once gave a wrong or a broken build: found by reading the code
// with the intent to break it. Plain, cold, a change, warm, plain again.

interface Attack {
  readonly name: string
  /** Made anew for each build. `root` is the project's folder. */
  readonly plugin: (root: string) => Record<string, unknown>
  /** What changes between the cold and the warm build. */
  readonly change?: (root: string) => void
  /** As an output plugin. */
  readonly output?: boolean
  readonly formats?: BuildRequest['formats']
  readonly hosts?: readonly Host[]
}

const append = (code: string, text: unknown) => ({
  code: `${code}\nconsole.log(${JSON.stringify(text)})`,
  map: null,
})
const isMain = (id: string) => id.endsWith('main.js')
const env = process.env

const attacks: readonly Attack[] = [
  {
    name: 'sets an environment variable that exists',
    plugin: () => ({
      transform(code: string, id: string) {
        process.env['REMEMBER_TEST_SET'] = 'one'
        process.env['REMEMBER_TEST_SET'] = 'two'
        return isMain(id) ? append(code, process.env['REMEMBER_TEST_SET']) : null
      },
    }),
  },
  {
    name: 'is frozen',
    plugin: () =>
      Object.freeze({ name: 'attack', renderChunk: (code: string) => `/* x */${code}` }),
    output: true,
  },
  {
    name: 'has hooks that are getters',
    plugin: () => ({
      get renderChunk() {
        return (code: string) => `/* x */${code}`
      },
    }),
    output: true,
  },
  {
    name: 'looks for other output plugins',
    plugin: () => ({
      outputOptions: {
        order: 'post',
        handler(options: { plugins: { some(test: (plugin: unknown) => boolean): boolean } }) {
          options.plugins.some(Boolean)
          return null
        },
      },
      renderChunk: (code: string) => `/* x */${code}`,
    }),
  },
  {
    name: 'renders by the folder it is written to',
    plugin: () => ({
      renderChunk: (code: string, _chunk: unknown, options: { dir: string }) =>
        `/* ${path.basename(options.dir)} */\n${code}`,
    }),
    formats: ['es', 'cjs'],
  },
  {
    name: 'renders by what renderStart told it',
    plugin: () => {
      let format = ''
      return {
        renderStart(options: { dir: string }) {
          format = path.basename(options.dir)
        },
        renderChunk: (code: string) => `/* ${format} */\n${code}`,
      }
    },
    formats: ['es', 'cjs'],
  },
  {
    name: 'reads its options in a buildStart after ours',
    plugin: (root) => {
      let banner = ''
      return {
        buildStart: {
          order: 'post',
          handler() {
            banner = fs.readFileSync(path.join(root, 'data.txt'), 'utf8')
          },
        },
        transform: (code: string, id: string) => (isMain(id) ? append(code, banner) : null),
      }
    },
    change: (root) => write(root, 'data.txt', 'NEW'),
  },
  {
    name: 'answers with an instance of a class',
    plugin: () => {
      class Result {
        readonly text: string
        constructor(text: string) {
          this.text = text
        }
        get code(): string {
          return this.text
        }
        get map(): null {
          return null
        }
      }
      return {
        transform: (code: string, id: string) =>
          isMain(id) ? new Result(append(code, 'class').code) : null,
      }
    },
  },
  {
    name: 'emits two files with one object',
    plugin: () => ({
      transform(this: { emitFile(file: unknown): string }, code: string, id: string) {
        if (!isMain(id)) return null
        const file = { type: 'asset', fileName: 'a.txt', source: 'a' }
        this.emitFile(file)
        file.fileName = 'b.txt'
        file.source = 'b'
        this.emitFile(file)
        return { code, map: null }
      },
    }),
  },
  {
    name: 'emits a Buffer that a later hook takes for one',
    plugin: () => ({
      transform(this: { emitFile(file: unknown): string }, code: string, id: string) {
        if (!isMain(id)) return null
        this.emitFile({ type: 'asset', fileName: 'a.txt', source: Buffer.from('a') })
        return { code, map: null }
      },
      generateBundle(_options: unknown, bundle: Record<string, { source?: unknown }>) {
        for (const file of Object.values(bundle)) {
          if (file.source !== undefined) file.source = String(file.source)
        }
      },
    }),
  },
  {
    name: 'reads through this.fs',
    plugin: (root) => ({
      async transform(
        this: { fs: { readFile(file: string, options: unknown): Promise<string> } },
        code: string,
        id: string,
      ) {
        if (!isMain(id)) return null
        return append(
          code,
          await this.fs.readFile(path.join(root, 'data.txt'), { encoding: 'utf8' }),
        )
      },
    }),
    change: (root) => write(root, 'data.txt', 'NEW'),
  },
  {
    name: 'kept the environment in a variable',
    plugin: () => ({
      transform: (code: string, id: string) =>
        isMain(id) ? append(code, env['REMEMBER_TEST_KEPT'] ?? 'none') : null,
    }),
    change: () => void (process.env['REMEMBER_TEST_KEPT'] = 'set'),
  },
  {
    name: 'asks whether the environment has a name',
    plugin: () => ({
      transform: (code: string, id: string) =>
        isMain(id) ? append(code, Object.hasOwn(process.env, 'REMEMBER_TEST_HAS')) : null,
    }),
    change: () => void (process.env['REMEMBER_TEST_HAS'] = 'set'),
  },
  {
    name: 'looks at the size of a file',
    plugin: (root) => ({
      transform: (code: string, id: string) =>
        isMain(id) ? append(code, fs.statSync(path.join(root, 'data.txt')).size) : null,
    }),
    change: (root) => write(root, 'data.txt', 'something longer'),
  },
  {
    name: 'asks whether a file is a link',
    plugin: (root) => ({
      transform: (code: string, id: string) =>
        isMain(id)
          ? append(code, fs.lstatSync(path.join(root, 'link.txt')).isSymbolicLink())
          : null,
    }),
    change(root) {
      fs.rmSync(path.join(root, 'link.txt'))
      write(root, 'link.txt', 'OLD')
    },
  },
  {
    name: 'tells a slash from a backslash',
    plugin: () => ({
      resolveId: (id: string) => (id.startsWith('virtual:') ? `\0${id}` : null),
      load: (id: string) =>
        id.startsWith('\0virtual:') ? `console.log(${JSON.stringify(id)})` : null,
    }),
    change: (root) => write(root, 'main.js', `import 'virtual:x\\\\y'\nimport 'virtual:x/y'\n`),
  },
]

const names = ['REMEMBER_TEST_SET', 'REMEMBER_TEST_KEPT', 'REMEMBER_TEST_HAS']

describe.each(some(1, ['rollup', 'rolldown'] as const))('%s', (host) => {
  test.each(attacks)('a plugin that $name', async (attack) => {
    const root = project({
      'main.js': `import 'virtual:x/y'\nimport 'virtual:x\\\\y'\nconsole.log('main')\n`,
      'data.txt': 'OLD',
    })
    fs.symlinkSync('data.txt', path.join(root, 'link.txt'))
    onTestFinished(() => names.forEach((name) => delete process.env[name]))
    // what the sources import, for plugins that do not bring it
    const virtual = {
      name: 'virtual',
      resolveId: (id: string) => (id.startsWith('virtual:') ? `\0${id}` : null),
      load: (id: string) => (id.startsWith('\0virtual:') ? 'console.log(1)' : null),
    }
    const named = () => {
      const plugin = attack.plugin(root)
      return Object.isFrozen(plugin)
        ? plugin
        : Object.defineProperty(plugin, 'name', { value: 'attack' })
    }
    const request: BuildRequest = {
      host,
      root,
      plugins: () => (attack.output ? [virtual] : [named(), virtual]),
      outputPlugins: () => (attack.output ? [named()] : [{ name: 'other' }]),
      ...(attack.formats && { formats: attack.formats }),
    }
    const remember = { include: ['attack'] }
    const plain = await build({ ...request, remember: false })
    expect((await build({ ...request, remember })).files).toEqual(plain.files)
    attack.change?.(root)
    const warm = await build({ ...request, remember })
    expect(warm.files).toEqual((await build({ ...request, remember: false })).files)
  })

  test('an open build does not serve a later one without us', async () => {
    const root = project({ 'main.js': `console.log('main')\n`, 'data.txt': 'OLD' })
    const shared = {
      name: 'attack',
      transform: (code: string) =>
        append(code, fs.readFileSync(path.join(root, 'data.txt'), 'utf8')),
    }
    const hostOf = { rollup: () => import('rollup'), rolldown: () => import('rolldown') }
    const doors = {
      rollup: () => import('../../src/rollup.ts'),
      rolldown: () => import('../../src/rolldown.ts'),
    }
    const module = (await hostOf[host]()) as unknown as Record<
      string,
      typeof import('rollup').rollup
    >
    const { default: remember } = await doors[host]()
    const once = async (own: unknown[]): Promise<string> => {
      const bundle = await module[host]!({
        input: path.join(root, 'main.js'),
        plugins: [...own, shared] as never,
      })
      const { output } = await bundle.generate({ format: 'es' })
      return output[0].code
    }
    const ours = () => [remember({ dir: path.join(root, 'store'), include: ['attack'] })]
    await once(ours())
    await once(ours())
    write(root, 'data.txt', 'NEW')
    expect(await once([])).toContain('NEW')
  })
})

test('what a hook says through Vite’s logger is said in every build', async () => {
  const root = project({ 'main.js': `console.log('main')\n` })
  const said = createCalls()
  const logger = Object.fromEntries(
    ['info', 'warn', 'warnOnce', 'error', 'clearScreen'].map((level) => [
      level,
      (message: string) => void (level === 'warn' && said.emit('call', message)),
    ]),
  )
  const custom = { ...logger, hasWarned: false, hasErrorLogged: () => false }
  let config: { logger: { warn(message: string): void } } | undefined
  const plugin = () => ({
    name: 'attack',
    config: () => ({ customLogger: custom }),
    configResolved(resolved: never) {
      config = resolved
    },
    transform(code: string) {
      config!.logger.warn('careful')
      return { code, map: null }
    },
  })
  for (let round = 0; round < 2; round++) {
    await build({
      host: 'vite-8',
      root,
      plugins: () => [plugin()],
      remember: { include: ['attack'] },
    })
    expect(said.take()).toContain('careful')
  }
})
