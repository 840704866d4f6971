import { expect, test } from 'vitest'
import { rollupConfigView, viteConfigView } from '../../src/fingerprint/index.ts'
import { digest } from './digest.ts'
import { inspector } from './support.ts'

const config = {
  root: '/work/app/web',
  command: 'build',
  mode: 'production',
  base: '/',
  define: { __A__: '1' },
  env: { VITE_X: 'x', MODE: 'production' },
  publicDir: '/work/app/web/public',
  resolve: { alias: [{ find: /^@\//, replacement: '/work/app/web/src/' }], extensions: ['.ts'] },
  css: { preprocessorMaxWorkers: true, devSourcemap: false, preprocessorOptions: {} },
  build: { target: ['es2022'], sourcemap: false, outDir: 'dist', ssr: false, watch: null },
  server: { port: 5173, origin: 'http://x', hmr: {} },
  logLevel: 'info',
  cacheDir: '/work/app/node_modules/.vite',
  configFile: '/work/app/vite.config.ts',
  plugins: [{ name: 'a' }],
  logger: { info() {}, warn() {}, error() {}, warnOnce() {} },
  environments: {
    client: { consumer: 'client', build: { target: ['es2022'], sourcemap: false, outDir: 'dist' } },
    ssr: { consumer: 'server', define: { __A__: '2' }, build: { target: ['node22'], ssr: true } },
  },
}

type Config = Record<keyof typeof config, unknown>

function view(changes: Partial<Config> = {}, environment = 'client'): any {
  const result = viteConfigView(
    { ...config, ...changes },
    { digest, root: '/work/app', inspector: inspector(), environment },
  )
  expect(result.unreadable).toBeUndefined()
  digest(result.parts)
  return result.parts
}

test('paths below the workspace read the same in every checkout', () => {
  expect(view()).toMatchObject({
    root: '<root>/web',
    publicDir: '<root>/web/public',
    resolve: { alias: [{ find: { $regexp: '/^@\\//' }, replacement: '<root>/web/src/' }] },
  })
})

test.each<[string, Partial<Config>]>([
  ['the port', { server: { port: 3000, origin: 'http://y' } }],
  ['the log level', { logLevel: 'silent', logger: {} }],
  ['the output folder', { build: { ...config.build, outDir: 'out', emptyOutDir: true } }],
  ['the cache folder', { cacheDir: '/tmp/x' }],
  ['the plugins', { plugins: [] }],
  ['workers for CSS', { css: { ...config.css, preprocessorMaxWorkers: 2 } }],
])('%s makes no difference', (_, changes) => {
  const { client } = config.environments
  const environments = changes.build
    ? { client: { ...client, build: { ...client.build, outDir: 'out' } } }
    : config.environments
  expect(view({ ...changes, environments })).toEqual(view())
})

test.each<[string, Partial<Config>, string]>([
  ['mode', { mode: 'staging' }, 'mode'],
  ['define', { define: { __A__: '3' } }, 'define'],
  ['an env value', { env: { ...config.env, VITE_X: 'y' } }, 'env'],
  ['base', { base: '/app/' }, 'base'],
  ['a Sass option', { css: { ...config.css, preprocessorOptions: { scss: { a: 1 } } } }, 'css'],
  ['an alias', { resolve: { ...config.resolve, alias: [] } }, 'resolve'],
])('%s changes its own section only', (_, changes, section) => {
  const { [section]: before, ...others } = view()
  const { [section]: after, ...same } = view(changes)
  expect(after).not.toEqual(before)
  expect(same).toEqual(others)
})

test("an environment's own settings go first", () => {
  expect(view({}, 'ssr')).toMatchObject({
    environment: 'ssr',
    consumer: 'server',
    define: { __A__: '2' },
    build: { target: ['node22'], ssr: true },
  })
})

test('the dev server counts where its address gets into modules', () => {
  const serve = (server: object): any => view({ command: 'serve', server }).server
  expect(serve({ port: 1, origin: 'http://x' })).toEqual({ origin: 'http://x', hmr: true })
  expect(serve({ hmr: false }).hmr).toBe(false)
  expect(view()).not.toHaveProperty('server')
})

test('functions in the config count by what they captured', () => {
  const additional = (data: string): object => ({
    css: { preprocessorOptions: { scss: { additionalData: (source: string) => data + source } } },
  })
  expect(view(additional('$a: 1;'))).not.toEqual(view(additional('$a: 2;')))
  expect(view(additional('$a: 1;'))).toEqual(view(additional('$a: 1;')))
})

test('of Rollup and Rolldown, what decides how code is parsed', () => {
  const options = { digest, root: '/work/app', inspector: inspector() }
  const input = {
    input: '/work/app/src/main.ts',
    plugins: [{ name: 'a' }],
    onwarn() {},
    jsx: 'preserve',
    transform: { target: 'es2022' },
  }
  const { parts } = rollupConfigView(input, options)
  expect(parts).toMatchObject({ jsx: 'preserve', transform: { target: 'es2022' }, watch: false })
  expect(parts).not.toHaveProperty('plugins')
  const other = rollupConfigView({ ...input, input: 'x', onwarn: undefined, plugins: [] }, options)
  expect(other.parts).toEqual(parts)
})
