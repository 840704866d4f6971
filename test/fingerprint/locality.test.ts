import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { diffParts, type Fingerprint } from '../../src/fingerprint/index.ts'
import { packageDir, packagePath } from '../../src/fingerprint/locality.ts'
import { tempDir } from '../support/temp.ts'
import { walker, writeFiles } from './inChild.ts'

let walk: Awaited<ReturnType<typeof walker>>
beforeAll(async () => {
  walk = await walker()
})

/** Walks the plugin that `entry` makes, in a process of its own. */
async function walked(
  files: Readonly<Record<string, string>>,
  entry: string,
  known = false,
  root: string = tempDir(),
): Promise<Fingerprint> {
  writeFiles(root, { 'package.json': '{ "type": "module" }', ...files })
  const file = fs.realpathSync(path.join(root, entry))
  const answers = await walk({ root, cases: [{ name: 'a', file, known }] })
  return Object.values(answers)[0] as Fingerprint
}

const esm = (option: string): string => `
  const option = '${option}'
  const helper = () => option
  export default () => ({ name: 'p', transform: () => helper() })`

test('top level variables of a local file count, through the functions that use them', async () => {
  const [a, b] = [
    await walked({ 'p.js': esm('a') }, 'p.js'),
    await walked({ 'p.js': esm('b') }, 'p.js'),
  ]
  expect(diffParts(a.parts, b.parts)).toEqual([{ path: 'helper.option', from: '"a"', to: '"b"' }])
  expect(a.libraryFiles).toEqual([])
})

test('those of a known plugin do not: its version stands for them', async () => {
  const entry = 'node_modules/lib/p.mjs'
  const { parts, libraryFiles } = await walked({ [entry]: esm('a') }, entry, true)
  expect(Object.keys(parts)).toEqual(['plugin'])
  expect(libraryFiles).toEqual([expect.stringMatching(/node_modules\/lib\/p\.mjs$/)])
})

test('those of an unknown plugin do: its module may keep options for itself', async () => {
  const entry = 'node_modules/lib/p.mjs'
  const source = `let kept
    export default () => { kept = { a: 1 }; return { name: 'p', transform: () => kept } }`
  const { parts } = await walked({ [entry]: source }, entry)
  expect(parts).toMatchObject({ kept: { a: 1 } })
})

test('a known plugin with a hook from the config is no known plugin in that hook', async () => {
  const files = {
    'node_modules/lib/p.mjs': esm('of the library'),
    'vite.config.mjs': `import p from './node_modules/lib/p.mjs'
      const mine = 5
      export default () => ({ ...p(), load: () => mine })`,
  }
  const { parts } = await walked(files, 'vite.config.mjs', true)
  expect(parts).toMatchObject({ mine: 5 })
  expect(parts).not.toHaveProperty('helper')
})

test('a library function in options counts by text and closure, and its file is named', async () => {
  const files = {
    'node_modules/@s/lib/index.mjs': `const table = { a: 1 }
      export const make = (limit) => () => [table, limit]`,
    'p.js': `import { make } from './node_modules/@s/lib/index.mjs'
      const factory = (options) => ({ name: 'p', transform: () => options })
      export default () => factory({ fn: make(5) })`,
  }
  const { parts, libraryFiles } = await walked(files, 'p.js')
  expect(parts['options']).toEqual({
    fn: { $function: expect.any(String), $captured: { limit: 5 } },
  })
  expect(libraryFiles).toEqual([expect.stringMatching(/@s\/lib\/index\.mjs$/)])
})

test('the namespace of a library is not entered, its file is named', async () => {
  const files = {
    'node_modules/lib/index.mjs': `export const a = 1
      export const never = () => a`,
    'p.js': `import * as lib from './node_modules/lib/index.mjs'
      const factory = (options) => ({ name: 'p', transform: () => options })
      export default () => factory({ lib })`,
  }
  const { parts, libraryFiles } = await walked(files, 'p.js')
  expect(parts['options']).toEqual({ lib: { $module: expect.any(String) } })
  expect(libraryFiles).toEqual([expect.stringMatching(/lib\/index\.mjs$/)])
})

test('the namespace of a local file is entered', async () => {
  const settings = (value: number): Promise<Fingerprint> =>
    walked(
      {
        'settings.js': `export const value = ${value}
          export const read = () => value`,
        'data.js': `export const data = { value: ${value} }`,
        'p.js': `import * as settings from './settings.js'
          import * as data from './data.js'
          export default () => ({ name: 'p', transform: () => [settings.read(), data.data] })`,
      },
      'p.js',
    )
  const { parts } = await settings(1)
  expect(parts).toMatchObject({ settings: { value: 1 }, data: { data: { value: 1 } } })
  expect((await settings(2)).parts['settings']).not.toEqual(parts['settings'])
})

test('what Vite bundles of the config into node_modules/.vite-temp is local', async () => {
  const entry = 'node_modules/.vite-temp/vite.config.ts.timestamp-1.mjs'
  const { parts } = await walked({ [entry]: esm('a') }, entry, true)
  expect(parts).toMatchObject({ helper: { $captured: { option: 'a' } } })
})

test('a linked package is local, wherever the link stands', async () => {
  const root = tempDir()
  writeFiles(root, { 'linked/p.mjs': esm('a'), 'app/node_modules/.keep': '' })
  fs.symlinkSync(path.join(root, 'linked'), path.join(root, 'app/node_modules/linked'), 'junction')
  const { parts } = await walked({}, 'app/node_modules/linked/p.mjs', true, root)
  expect(parts).toMatchObject({ helper: { $captured: { option: 'a' } } })
})

test('exports of a CommonJS library are named, not entered', async () => {
  const files = {
    'node_modules/lib/index.cjs': `const state = { a: 1 }
      exports.fn = () => state
      exports.table = { b: 2 }`,
    'p.js': `import lib, { fn } from './node_modules/lib/index.cjs'
      const factory = (options) => ({ name: 'p', transform: () => options })
      export default () => factory({ lib, fn })`,
  }
  const { parts, libraryFiles } = await walked(files, 'p.js')
  expect(parts['options']).toEqual({
    lib: { $known: 'lib/index.cjs' },
    fn: { $known: 'lib/index.cjs.fn' },
  })
  expect(libraryFiles).toHaveLength(1)
})

test.each([
  ['named', `module.exports = (options) => ({ name: 'p', transform: () => options })`],
  [
    'nameless',
    `module.exports = keep((options) => ({ name: 'p', transform: () => options }))
function keep(fn) { return fn }`,
  ],
  [
    'nameless, inside a wrapper that is captured too',
    `const helper = { a: 1 }
module.exports = keep((options) => ({ name: 'p', transform: () => [options, helper] }))
function keep(fn) { return fn }`,
  ],
])('options of a CommonJS library count, the file around them does not: %s', async (_, source) => {
  const files = {
    'node_modules/lib/index.cjs': source,
    'p.js': `import p from './node_modules/lib/index.cjs'
      export default () => p({ a: 1 })`,
  }
  const { parts } = await walked(files, 'p.js', true)
  expect(parts).toMatchObject({ options: { a: 1 } })
  expect(parts).not.toHaveProperty('helper')
})

test('another checkout gives the same parts', async () => {
  const source = `import path from 'node:path'
    const src = path.resolve(import.meta.dirname, 'src')
    const options = { src, find: new RegExp('^' + src.replace(/[/.-]/g, '\\\\$&')), url: import.meta.url }
    export default () => ({ name: 'p', transform: () => options })`
  const [a, b] = [
    await walked({ 'p.js': source }, 'p.js'),
    await walked({ 'p.js': source }, 'p.js'),
  ]
  expect(a.parts).toEqual(b.parts)
  expect(a.parts).toMatchObject({ options: { src: '<root>/src', url: '<root>/p.js' } })
})

test.each([
  ['/app/node_modules/vue/dist/vue.mjs', 'vue/dist/vue.mjs', '/app/node_modules/vue'],
  ['/a/node_modules/b/node_modules/@c/d/e.js', '@c/d/e.js', '/a/node_modules/b/node_modules/@c/d'],
  [
    '/a/node_modules/.pnpm/vue@3.5.1/node_modules/vue/index.js',
    'vue/index.js',
    '/a/node_modules/.pnpm/vue@3.5.1/node_modules/vue',
  ],
  ['/a/node_modules/.vite-temp/x.mjs', undefined, undefined],
  ['/a/src/x.mjs', undefined, undefined],
])('%s', (file, inPackage, dir) => {
  expect(packagePath(file)).toBe(inPackage)
  expect(packageDir(file)).toBe(dir)
})
