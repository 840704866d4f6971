import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { build, project, write, type Built, type Host } from '../plugin/harness.ts'

const packages = hostModules('css-tools')
const load = createRequire(`${packages}/load.js`)

interface Tried {
  /** Builds without us and with the store; expects the same files, and answers what the plugin was asked. */
  after(files: Readonly<Record<string, string>>): Promise<string[]>
}

type Plugin = { transform?: unknown }
type Transform = (this: unknown, code: string, id: string) => unknown

function tryPlugin(host: Host, files: Record<string, string>, make: () => Plugin): Tried {
  const root = project(files)
  const asked: string[] = []

  function counted(): Plugin {
    const plugin = [make()].flat()[0]!
    const slot = plugin.transform as Transform | { handler: Transform }
    const original = typeof slot === 'function' ? slot : slot.handler
    // in a stand-in: what we read of the plugin stays as it is
    const transform: Transform = function (code, id) {
      process.emit('remember-test:asked' as never, id as never)
      return original.call(this, code, id)
    }
    if (typeof slot === 'function') plugin.transform = transform
    else slot.handler = transform
    return plugin
  }

  return {
    async after(edit) {
      for (const [name, text] of Object.entries(edit)) write(root, name, text)
      const plain: Built = await build({ host, root, plugins: () => [make()], remember: false })
      const note = (id: string): unknown => asked.push(id.replace(`${root}/`, ''))
      process.on('remember-test:asked' as never, note as never)
      const built = await build({ host, root, plugins: () => [counted()] })
      process.off('remember-test:asked' as never, note as never)
      expect(built.files).toEqual(plain.files)
      return asked.splice(0).toSorted()
    },
  }
}

describe.each(['rollup', 'vite-8'] as const)('swc on %s', (host) => {
  const files = {
    'main.js': `import './src/a.js'\nimport './src/deep/b.js'\n`,
    'src/a.js': `console.log((a) => a ?? 1)\n`,
    'src/deep/b.js': `console.log((b) => b?.c ?? 1)\n`,
  }
  const makers: readonly [string, () => Plugin][] = [
    [
      '@rollup/plugin-swc',
      () =>
        (load('@rollup/plugin-swc') as { default: (o: object) => Plugin }).default({
          swc: { env: {} },
        }),
    ],
    [
      'unplugin-swc',
      () =>
        (load('unplugin-swc') as { default: Record<string, () => Plugin> }).default[
          host === 'rollup' ? 'rollup' : 'vite'
        ]!(),
    ],
  ]

  test.each(makers)('%s', async (name, make) => {
    const tried = tryPlugin(host, files, make)
    await tried.after({})
    expect(await tried.after({})).toEqual([])
    expect(await tried.after({ 'src/a.js': 'console.log(() => 2)' })).toEqual(['src/a.js'])
    // appears, changes, and another one nearer
    const isUnplugin = name === 'unplugin-swc'
    const rc = (target: string): string =>
      // with `env` there may be no target
      JSON.stringify({ jsc: isUnplugin ? { target } : { externalHelpers: target === 'es2019' } })
    expect((await tried.after({ '.swcrc': rc('es2022') })).length).toBeGreaterThan(0)
    expect((await tried.after({ '.swcrc': rc('es2019') })).length).toBeGreaterThan(0)
    expect(await tried.after({ 'src/deep/.swcrc': rc('es2022') })).toContain('src/deep/b.js')
    // which only swc itself reads
    if (!isUnplugin) {
      expect((await tried.after({ '.browserslistrc': 'chrome 120' })).length).toBeGreaterThan(0)
      expect((await tried.after({ '.browserslistrc': 'ie 11' })).length).toBeGreaterThan(0)
    } else {
      const target = (es: string): string => JSON.stringify({ compilerOptions: { target: es } })
      await tried.after({
        'base.json': target('es5'),
        'tsconfig.json': '{ "extends": "./base.json" }',
      })
      expect((await tried.after({ 'base.json': target('es2022') })).length).toBeGreaterThan(0)
    }
    // one that reads more
    const paths = { jsc: { baseUrl: '.', paths: { '~/*': ['./src/*'] } } }
    await tried.after({ 'src/deep/.swcrc': JSON.stringify(paths) })
    expect(await tried.after({})).toContain('src/deep/b.js')
  })
})

test.each([true, false])('rollup-plugin-postcss runs as it is, extract: %s', async (extract) => {
  const make = (): Plugin =>
    (load('rollup-plugin-postcss') as (options: object) => Plugin)({
      extract,
      modules: true,
    })
  const tried = tryPlugin(
    'rollup',
    {
      'main.js': `import a from './a.css'\nimport './b.css'\nconsole.log(a)\n`,
      'a.css': `.a { composes: c from './c.css' }\n`,
      'b.css': `.b { color: red }\n`,
      'c.css': `.c { color: red }\n`,
    },
    make,
  )
  const all = await tried.after({})
  expect(await tried.after({ 'c.css': '.c { color: blue }\n' })).toEqual(all)
  expect(await tried.after({ 'a.css': '.d { color: blue }\n' })).toEqual(all)
})
