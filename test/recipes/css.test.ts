import { describe, expect, test } from 'vitest'
import type { Plugin } from 'vite'
import { openApp, type App, type AppRequest } from './viteApp.ts'
import { some } from '../support/some.ts'

type Host = 'vite-8' | 'vite-7' | 'vite-6'
const small = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1z"/></svg>\n'
const large = Buffer.alloc(6000, 'x')

async function cssApp(
  host: Host,
  files: AppRequest['files'],
  config?: AppRequest['config'],
): Promise<App> {
  const app = await openApp({
    host,
    files,
    watch: ['vite:css', 'transform'],
    // Vite 6 asks it for every module
    counts: /\.\w*ss$/,
    ...(config && { config }),
  })
  // cold: everything runs
  await app.after({})
  return app
}

const sheets = {
  'src/main.js': `import './a.css'\nimport './b.css'\nimport './c.css'\n`,
  'src/a.css': `.a { background: url(./img/large.png) }\n`,
  'src/b.css': `.b { background: url("./img/large.png"), url(./img/small.svg) }\n`,
  'src/c.css': `.c { color: red }\n`,
  'src/img/large.png': large,
  'src/img/small.svg': small,
  'public/there.png': 'public',
}

const modules = {
  'src/main.js': `import a from './a.module.css'\nimport b, { two } from './b.module.scss'\nconsole.log(a, b, two)\n`,
  'src/a.module.css': `.one { color: red }\n.x-y { composes: one }\n`,
  'src/b.module.scss': `@use './part';\n.two { width: part.$w }\n`,
  'src/_part.scss': `$w: 1px;\n`,
}
const composed = {
  ...modules,
  'src/a.module.css': `.one { composes: base from './base.module.css'; color: red }\n`,
  'src/base.module.css': `.base { composes: deep from './deep/deep.module.css'; margin: 0 }\n`,
  'src/deep/deep.module.css': `.deep { padding: 0 }\n`,
}

async function emittedByFirst(host: Host): Promise<void> {
  const app = await cssApp(host, sheets)
  expect(await app.after({})).toEqual([])
  // the sheet that emitted it speaks of it no more
  expect(await app.after({ 'src/a.css': '.a { color: blue }' })).toEqual(['src/a.css'])
  // nor does the other one
  expect(await app.after({ 'src/b.css': '.b { color: blue }' })).toEqual(['src/b.css'])
  expect(await app.after({ 'src/a.css': sheets['src/a.css'] })).toEqual([])
}

async function classesWithoutCompiling(host: Host): Promise<void> {
  const app = await cssApp(host, modules)
  expect(await app.after({})).toEqual([])
  expect(await app.after({ 'src/a.module.css': '.one { color: blue }' })).toEqual([
    'src/a.module.css',
  ])
  expect(await app.after({ 'src/_part.scss': '$w: 2px;' })).toContain('src/b.module.scss')
  expect(await app.after({})).toEqual([])
}

describe.each(some(1, ['vite-8', 'vite-7'] as const))('%s', (host) => {
  describe('assets', () => {
    test('are emitted by whoever asks first in this build', () => emittedByFirst(host))

    test('that change are seen, also on their way over the limit', async () => {
      const app = await cssApp(host, sheets)
      const other = Buffer.alloc(6000, 'y')
      const ran = await app.after({ 'src/img/large.png': other })
      expect(ran).toEqual(expect.arrayContaining(['src/a.css', 'src/b.css']))
      const longer = `${small}${' '.repeat(5000)}`
      expect(await app.after({ 'src/img/small.svg': longer })).toContain('src/b.css')
      expect(await app.after({})).toEqual([])
    })

    test('with a query or a fragment', async () => {
      const app = await cssApp(host, {
        ...sheets,
        'src/a.css': `@font-face { font-family: a; src: url(./img/large.png?#iefix) format("x"), url(./img/large.png) format("y"), url("./img/small.svg#a") }\n`,
        'src/c.css': `.c { background: url(./img/large.png?no-inline), url(./img/large.png?inline) }\n`,
      })
      expect(await app.after({})).toEqual([])
      expect(await app.after({ 'src/c.css': '.c {}' })).toEqual(['src/c.css'])
      const ran = await app.after({ 'src/img/small.svg': `${small}\n` })
      expect(ran).toEqual(expect.arrayContaining(['src/a.css', 'src/b.css']))
    })

    test('of the public folder, also ones that appear there and go', async () => {
      const app = await cssApp(host, {
        ...sheets,
        'src/c.css': `.c { background: url(/there.png), url(/src/img/small.svg) }\n`,
      })
      expect(await app.after({})).toEqual([])
      expect(await app.after({ 'public/src/img/small.svg': small })).toContain('src/c.css')
      expect(await app.after({})).toEqual([])
      expect(await app.after({ 'public/src/img/small.svg': null })).toEqual([])
    })

    test('that a page has emitted are not inlined then', async () => {
      const page = (link: string): string =>
        `<html><head>${link}</head><body><script type="module" src="/src/main.js"></script></body></html>`
      const app = await cssApp(host, { ...sheets, 'index.html': page('') }, (dir) => ({
        build: { rollupOptions: { input: `${dir}/index.html` } },
      }))
      expect(await app.after({})).toEqual([])
      await app.after({ 'index.html': page('<link rel="icon" href="/src/img/small.svg">') })
      await app.after({ 'index.html': page('') })
    })

    test('that are entries are not inlined', async () => {
      let entry = false
      const app = await cssApp(host, sheets, (dir) => ({
        build: {
          rollupOptions: {
            input: [`${dir}/src/main.js`, ...(entry ? [`${dir}/src/img/small.svg`] : [])],
          },
        },
      }))
      entry = true
      await app.after({})
      entry = false
      await app.after({})
    })

    // where scripts import them too, maps show in which order they were emitted
    test('that are emitted run again with source maps', async () => {
      const app = await cssApp(host, sheets, () => ({ build: { sourcemap: true } }))
      expect(await app.after({})).toEqual(['src/a.css', 'src/b.css'])
    })

    test('in a library all are inlined', async () => {
      const app = await cssApp(host, sheets, () => ({
        build: { lib: { entry: 'src/main.js', formats: ['es', 'cjs'], fileName: 'x' } },
      }))
      expect(await app.after({})).toEqual([])
    })
  })

  describe('classes of modules', () => {
    test('are there without the sheets being compiled', () => classesWithoutCompiling(host))

    test('depend on the files they are composed of', async () => {
      const app = await cssApp(host, composed)
      const deep = `.more {}\n.deep { padding: 1px }\n`
      expect(await app.after({ 'src/deep/deep.module.css': deep })).toContain('src/a.module.css')
      // for such a sheet Vite 8 prints that postcss-modules has forgotten an option
      expect(await app.after({})).toEqual(host === 'vite-8' ? ['src/a.module.css'] : [])
    })

    test('from where nobody can tell run again', async () => {
      const elsewhere = `.one { composes: base from '@/base.module.css' }\n`
      const app = await cssApp(host, { ...composed, 'src/a.module.css': elsewhere }, (dir) => ({
        resolve: { alias: { '@': `${dir}/src` } },
      }))
      expect(await app.after({})).toEqual(['src/a.module.css'])
      await app.after({ 'src/base.module.css': '.base { color: green }' })
    })

    test('that others are told of run again', async () => {
      const app = await cssApp(host, modules, () => ({
        css: { modules: { getJSON: () => undefined } },
      }))
      expect(await app.after({})).toEqual(['src/a.module.css', 'src/b.module.scss'])
    })

    test('are other ones by other options', async () => {
      let name = '[name]-[local]'
      const app = await cssApp(host, modules, () => ({
        css: { modules: { generateScopedName: name, localsConvention: 'camelCase' } },
      }))
      expect(await app.after({})).toEqual([])
      name = '[local]-[hash:base64:4]'
      expect(await app.after({})).toEqual(['src/a.module.css', 'src/b.module.scss'])
    })
  })

  test('with a function of another plugin around its own, the options of that one count', async () => {
    let color = 'red'
    const app = await cssApp(host, sheets, () => ({ plugins: [around(color)] }))
    expect(await app.after({})).toEqual([])
    color = 'blue'
    expect(await app.after({})).toEqual(['src/a.css', 'src/b.css', 'src/c.css'])
  })
})

/** Does to `vite:css` what some frameworks do to plugins of Vite. */
function around(color: string): Plugin {
  return {
    name: 'own-around',
    configResolved({ plugins }) {
      const css = plugins.find(({ name }) => name === 'vite:css')!
      const slot = css.transform as { handler: AnyHook } | AnyHook
      const original = typeof slot === 'function' ? slot : slot.handler
      const wrapped: AnyHook = function (code, ...rest) {
        return original.call(this, `${code}\n.around { color: ${color} }`, ...rest)
      }
      if (typeof slot === 'function') (css as { transform: AnyHook }).transform = wrapped
      else slot.handler = wrapped
    },
  }
}

type AnyHook = (this: unknown, code: string, ...rest: unknown[]) => unknown

// builds as 7 does: once for each kind of memory
describe('vite-6', () => {
  test('assets are emitted by whoever asks first in this build', () => emittedByFirst('vite-6'))
  test('classes are there without the sheets being compiled', () =>
    classesWithoutCompiling('vite-6'))
})
