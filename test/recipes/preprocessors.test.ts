import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Plugin } from 'vite'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { openApp, type App, type AppRequest } from './viteApp.ts'
import { some } from '../support/some.ts'

const hosts = ['vite-8', 'vite-7'] as const

async function styles(
  host: AppRequest['host'],
  files: AppRequest['files'],
  config: AppRequest['config'] = () => ({}),
): Promise<App> {
  const sheets = Object.keys(files).filter((file) => /^src\/[^_]\w*\.\w+$/.test(file))
  const main = sheets.map((file) => `import './${path.basename(file)}'\n`).join('')
  const app = await openApp({
    host,
    files: { 'src/main.js': main, ...files },
    watch: ['vite:css', 'transform'],
    config,
  })
  await app.after({})
  expect(await app.after({})).toEqual([])
  return app
}

describe.each(some(1, hosts))('%s', (host) => {
  test('Less: imports, and search paths in their order', async () => {
    const app = await styles(
      host,
      {
        'src/a.less': `@import 'deep/one';\n@import 'found';\n.a { width: @one; height: @found }\n`,
        'src/b.less': `.b { color: red }\n`,
        'src/deep/one.less': `@import './two';\n@one: @two;\n`,
        'src/deep/two.less': `@two: 1px;\n`,
        'less/second/found.less': `@found: 2px;\n`,
      },
      (dir) => ({
        css: {
          preprocessorOptions: { less: { paths: [`${dir}/less/first`, `${dir}/less/second`] } },
        },
      }),
    )
    expect(await app.after({ 'src/deep/two.less': '@two: 3px;' })).toEqual(['src/a.less'])
    expect(await app.after({ 'less/second/found.less': '@found: 4px;' })).toEqual(['src/a.less'])
    expect(await app.after({ 'less/first/found.less': '@found: 5px;' })).toContain('src/a.less')
    await app.after({ 'less/first/found.less': null })
  })

  // as patch-package leaves them, or an install from Git or from a file
  test('sheets of an installed package that are others in the version it had', async () => {
    const library = (name: string, content: string): Record<string, string> => ({
      [`node_modules/library/${name}`]: content,
    })
    const app = await styles(host, {
      ...library('package.json', '{ "name": "library", "version": "1.0.0" }'),
      ...library('_part.scss', '$part: 1px;'),
      ...library('mixin.less', '@mixin: 1px;'),
      'src/a.scss': `@use 'library/part';\n.a { width: part.$part }\n`,
      'src/b.less': `@import 'library/mixin.less';\n.b { width: @mixin }\n`,
      'src/c.scss': `.c { color: red }\n`,
    })
    expect(await app.after(library('_part.scss', '$part: 2px;'))).toEqual(['src/a.scss'])
    expect(await app.after(library('mixin.less', '@mixin: 2px;'))).toEqual(['src/b.less'])
  })

  test('Sass: search paths in their order', async () => {
    const app = await styles(
      host,
      {
        'src/a.scss': `@use 'found';\n@import './old';\n.a { height: found.$found; width: $old }\n`,
        'src/_old.scss': `$old: 1px;\n`,
        'sass/second/_found.scss': `$found: 2px;\n`,
      },
      (dir) => ({
        css: {
          preprocessorOptions: {
            scss: {
              loadPaths: [`${dir}/sass/first`, `${dir}/sass/second`],
              silenceDeprecations: ['import'],
            },
          },
        },
      }),
    )
    expect(await app.after({ 'sass/first/_found.scss': '$found: 5px;' })).toEqual(['src/a.scss'])
    expect(await app.after({ 'src/_found.scss': '$found: 6px;' })).toEqual(['src/a.scss'])
    expect(await app.after({ 'src/_old.scss': '$old: 7px;' })).toContain('src/a.scss')
  })

  test('data put before each sheet, also what a function reads', async () => {
    let text = '$x: 1px;\n'
    const app = await styles(
      host,
      {
        'src/a.scss': `.a { width: $x }\n`,
        'src/b.less': `.b { width: @y }\n`,
        'data.txt': '@y: 1px;\n',
      },
      (dir) => ({
        css: {
          preprocessorOptions: {
            scss: { additionalData: text },
            less: {
              additionalData: (source: string) =>
                fs.readFileSync(`${dir}/data.txt`, 'utf8') + source,
            },
          },
        },
      }),
    )
    expect(await app.after({ 'data.txt': '@y: 2px;\n' })).toContain('src/b.less')
    text = '$x: 3px;\n'
    expect(await app.after({})).toContain('src/a.scss')
  })

  test('imports of CSS, in chains', async () => {
    const app = await styles(host, {
      'src/a.css': `@import './deep/one.css';\n.a { color: red }\n`,
      'src/b.css': `.b { color: red }\n`,
      'src/deep/one.css': `@import url(two.css) screen;\n.one { background: url(./dot.svg) }\n`,
      'src/deep/two.css': `.two { color: red }\n`,
      'src/deep/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    })
    expect(await app.after({ 'src/deep/two.css': '.two { color: blue }' })).toEqual(['src/a.css'])
    expect(
      await app.after({ 'src/deep/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"> </svg>' }),
    ).toContain('src/a.css')
  })

  test('queries', async () => {
    const app = await styles(host, {
      'src/main.js': `import url from './a.css?url'\nimport text from './a.css?inline'\nimport raw from './a.css?raw'\nimport './a.css'\nconsole.log(url, text, raw)\n`,
      'src/a.css': `.a { background: url(./large.png) }\n`,
      'src/large.png': Buffer.alloc(6000, 'x'),
    })
    expect(await app.after({ 'src/large.png': Buffer.alloc(6000, 'y') })).not.toEqual([])
    expect(await app.after({ 'src/a.css': '.a { color: red }' })).not.toEqual([])
    expect(await app.after({})).toEqual([])
  })
})

test('Svelte styles in Less: what a worker thread reads', async () => {
  const entry = `${hostModules('vite-8')}/@sveltejs/vite-plugin-svelte/src/index.js`
  const { svelte, vitePreprocess } = (await import(entry)) as Record<string, () => Plugin>
  const app = await openApp({
    host: 'vite-8',
    files: {
      'src/main.js': `import './A.svelte'\nimport './B.svelte'\n`,
      'src/A.svelte': `<p></p>\n<style lang="less">@import './part'; p { width: @x }</style>\n`,
      'src/B.svelte': `<p></p>\n<style lang="scss">$y: 1px; p { width: $y }</style>\n`,
      'src/part.less': `@x: 1px;\n`,
    },
    watch: ['vite-plugin-svelte:preprocess', 'transform'],
    config: () => ({
      plugins: [
        (svelte as (options: object) => Plugin)({
          configFile: false,
          preprocess: [(vitePreprocess as (options: object) => unknown)({ style: true })],
        }),
      ],
    }),
  })
  await app.after({})
  await app.after({ 'src/part.less': '@x: 2px;\n' })
  expect(await app.after({})).toEqual(['src/A.svelte'])
})

test('Stylus: imports, and search paths in their order', async () => {
  const app = await styles(
    'css-tools',
    {
      'src/a.styl': `@import 'deep/one'\n@import 'found'\n.a\n  width one\n  height found\n`,
      'src/deep/one.styl': `one = 1px\n`,
      'styl/second/found.styl': `found = 2px\n`,
    },
    (dir) => ({
      css: {
        preprocessorOptions: { styl: { paths: [`${dir}/styl/first`, `${dir}/styl/second`] } },
      },
    }),
  )
  expect(await app.after({ 'src/deep/one.styl': 'one = 3px\n' })).toEqual(['src/a.styl'])
  expect(await app.after({ 'styl/first/found.styl': 'found = 5px\n' })).toEqual(['src/a.styl'])
})

test('Lightning CSS: imports, assets, classes', async () => {
  const app = await styles(
    'vite-8',
    {
      'src/a.css': `@import './deep/one.css';\n.a { background: url(./large.png) }\n`,
      'src/b.css': `.b { background: url(./large.png) }\n`,
      'src/main.js': `import './a.css'\nimport './b.css'\nimport c from './c.module.css'\nconsole.log(c)\n`,
      'src/c.module.css': `.c { composes: base from './deep/base.module.css'; color: red }\n`,
      'src/deep/base.module.css': `.base { color: blue }\n`,
      'src/deep/one.css': `.one { color: red }\n`,
      'src/large.png': Buffer.alloc(6000, 'x'),
    },
    () => ({ css: { transformer: 'lightningcss' } }),
  )
  expect(await app.after({ 'src/deep/one.css': '.one { color: blue }' })).toEqual(['src/a.css'])
  const more = '.more, .base { color: green }'
  expect(await app.after({ 'src/deep/base.module.css': more })).toEqual(['src/c.module.css'])
  expect(await app.after({ 'src/a.css': '.a { color: red }' })).toEqual(['src/a.css'])
  expect(await app.after({ 'src/large.png': Buffer.alloc(6000, 'y') })).toEqual(['src/b.css'])
})
