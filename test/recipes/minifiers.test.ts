import { expect, test } from 'vitest'
import type { InlineConfig } from 'vite'
import { hostModules, type Host } from '../../scripts/lib/hosts.mjs'
import { build, createCalls, project, write } from '../plugin/harness.ts'
import { openApp, type App } from './viteApp.ts'

// What a minifier makes of a chunk depends on options of the host, and with
// `nameCache` on the chunks that came before.

const lazy = (text: string): string =>
  `export const lazy = (it) => (it?.long_name ?? '${text}') + it.other_name\n`

const files = {
  'src/main.js': `console.log({ long_name: 1 })\nimport('./lazy.js')\nimport('./more.js')\n`,
  'src/lazy.js': lazy('a'),
  'src/more.js': `/*! legal */\nexport const more = (it) => it.other_name ** it.long_name\n`,
}

/** Names without the hash of the content. */
function chunks(ran: readonly string[]): string[] {
  return ran.map((name) => name.replace(/^.*\/(\w+)-.*$/, '$1')).toSorted()
}

async function minified(host: Host, plugin: string, config: () => InlineConfig): Promise<App> {
  const app = await openApp({ host, files, watch: [plugin, 'renderChunk'], config })
  expect((await app.after({})).length).toBe(3)
  return app
}

test('Vite 7: esbuild, by the target and by its own options', async () => {
  let config: InlineConfig = { build: { minify: 'esbuild', target: 'es2022' } }
  const app = await minified('vite-7', 'vite:esbuild-transpile', () => config)
  expect(await app.after({})).toEqual([])
  // main names the others by the hash of their content
  expect(chunks(await app.after({ 'src/lazy.js': lazy('b') }))).toContain('lazy')
  config = { build: { minify: 'esbuild', target: 'es2015' } }
  expect(await app.after({})).toHaveLength(3)
  config = { ...config, esbuild: { legalComments: 'none', drop: ['console'] } }
  expect(await app.after({})).toHaveLength(3)
  expect(await app.after({})).toEqual([])
})

test('Vite 8: Terser, by its options; never with a nameCache, which chunks fill for each other', async () => {
  let terserOptions: object = { mangle: { properties: { regex: /_name$/ } } }
  const config = (): InlineConfig => ({ build: { minify: 'terser', terserOptions } })
  const app = await minified('vite-8', 'vite:terser', config)
  expect(await app.after({})).toEqual([])
  terserOptions = { mangle: { properties: { regex: /^long_name$/ } } }
  expect(await app.after({})).toHaveLength(3)
  expect(await app.after({})).toEqual([])

  // made anew for each build, as a config file would
  const withCache = (): object => ({ ...terserOptions, nameCache: {} })
  terserOptions = withCache()
  expect(await app.after({})).toHaveLength(3)
  terserOptions = withCache()
  expect(
    await app.after({ 'src/more.js': 'export const more = (it) => it.first_name\n' }),
  ).toHaveLength(3)
})

test('Rollup: Terser, by its options; never with a nameCache', async () => {
  const root = project({
    'main.js': `export const main = (it) => it.long_name\nexport const lazy = () => import('./lazy.js')\n`,
    'lazy.js': `export const lazy = (it) => it.other_name + it.long_name\n`,
  })
  const entry = `${hostModules('vite-8')}/@rollup/plugin-terser/dist/es/index.js`
  const { default: terser } = (await import(entry)) as { default: (options: object) => object }
  const calls = createCalls()
  let options: object = { mangle: { properties: { regex: /_name$/ } } }
  const request = {
    host: 'rollup',
    root,
    plugins: () => [],
    outputPlugins: () => {
      const plugin = terser({ ...options, maxWorkers: 1 }) as {
        renderChunk: (...args: unknown[]) => unknown
      }
      const original = plugin.renderChunk
      plugin.renderChunk = function (...args) {
        calls.emit('call', 'terser')
        return original.apply(this, args)
      }
      return [plugin]
    },
  } as const
  const after = async (): Promise<number> => {
    const plain = await build({ ...request, remember: false })
    calls.take()
    expect((await build(request)).files).toEqual(plain.files)
    return calls.take().length
  }
  expect(await after()).toBe(2)
  expect(await after()).toBe(0)
  options = { mangle: { properties: { regex: /^long_name$/ } } }
  expect(await after()).toBe(2)
  options = { ...options, nameCache: {} }
  expect(await after()).toBe(2)
  write(root, 'lazy.js', `export const lazy = (it) => it.long_name\n`)
  options = { ...options, nameCache: {} }
  expect(await after()).toBe(2)
})
