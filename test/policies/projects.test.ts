import { expect, test } from 'vitest'
import { findPolicy } from '../../src/policies/index.ts'

// Which instances go by nothing of the project they are built in. Each row is one fact that keeps
// the project in the key, or does not.

type Parts = Readonly<Record<string, unknown>>

const preset = '@babel/preset-env'
const off = { babelrc: false, configFile: false }
const rollup = (options: Parts): Parts => ({
  babelOptions: options,
  customOptions: null,
  overrides: {},
})
const rolldown = (options: Parts): Parts => ({
  rawOptions: options,
  configFilteredOptions: options,
})
const vue = (options: Parts): Parts => ({ options: { root: '<root>/app', ...options } })
const fn = { $function: 'a' }
const re = { $regexp: '/a/' }

interface Row {
  readonly plugin: string
  readonly is: string
  readonly parts?: Parts
  readonly config?: Parts
  readonly configs?: readonly { readonly file: string; readonly content: string }[]
  readonly free: boolean
}

test.each<Row>([
  {
    plugin: 'babel',
    is: 'a known preset',
    parts: rollup({ ...off, presets: [preset] }),
    free: true,
  },
  {
    plugin: 'babel',
    is: 'with options',
    parts: rollup({ ...off, presets: [[preset, { targets: { node: '18' } }]] }),
    free: true,
  },
  {
    plugin: 'babel',
    is: 'configs are looked for',
    parts: rollup({ presets: [preset] }),
    free: false,
  },
  {
    plugin: 'babel',
    is: 'a stranger',
    parts: rollup({ ...off, plugins: ['module-resolver'] }),
    free: false,
  },
  { plugin: 'babel', is: 'a file', parts: rollup({ ...off, plugins: ['./mine.js'] }), free: false },
  { plugin: 'babel', is: 'a function', parts: rollup({ ...off, plugins: [fn] }), free: false },
  {
    plugin: 'babel',
    is: 'a runtime found from the folder',
    parts: rollup({ ...off, plugins: ['@babel/plugin-transform-runtime'] }),
    free: false,
  },
  {
    plugin: 'babel',
    is: 'where browserslist starts',
    parts: rollup({ ...off, presets: [[preset, { configPath: '.' }]] }),
    free: false,
  },
  { plugin: 'babel', is: 'globs', parts: rollup({ ...off, only: ['src'] }), free: false },
  {
    plugin: 'babel',
    is: 'overrides',
    parts: rollup({ ...off, overrides: [{ test: 'src' }] }),
    free: false,
  },
  {
    plugin: 'babel',
    is: 'a builder of one’s own',
    parts: { ...rollup(off), overrides: { config: fn } },
    free: false,
  },
  { plugin: 'babel', is: 'a wrapper that hides the options', parts: { handler: fn }, free: false },
  {
    plugin: '@rolldown/plugin-babel',
    is: 'the compiler',
    parts: rolldown({
      presets: [
        {
          preset: ['/x/node_modules/@vitejs/plugin-react/dist/reactCompilerBabelPreset.js', {}],
          rolldown: { filter: {} },
        },
      ],
      overrides: undefined,
    }),
    free: true,
  },
  {
    plugin: '@rolldown/plugin-babel',
    is: 'the same, said once',
    parts: {
      configFilteredOptions: { presets: [preset] },
      rawOptions: { presets: [{ $same: 'configFilteredOptions.presets[0]' }] },
    },
    free: true,
  },
  {
    plugin: '@rolldown/plugin-babel',
    is: 'what is said elsewhere and is a function',
    parts: {
      configFilteredOptions: { presets: [fn] },
      rawOptions: { presets: [{ $same: 'configFilteredOptions.presets[0]' }] },
    },
    free: false,
  },
  {
    plugin: '@rolldown/plugin-babel',
    is: 'globs',
    parts: rolldown({ include: ['src/**'] }),
    free: false,
  },
  {
    plugin: '@rolldown/plugin-babel',
    is: 'patterns',
    parts: rolldown({ include: [re] }),
    free: true,
  },
  { plugin: 'vite:vue', is: 'defaults', parts: vue({ customElement: re }), free: true },
  {
    plugin: 'vite:vue',
    is: 'another root',
    parts: { options: { root: '<root>/other' } },
    free: false,
  },
  {
    plugin: 'vite:vue',
    is: 'a function',
    parts: vue({ template: { compilerOptions: { isCustomElement: fn } } }),
    free: false,
  },
  { plugin: 'vite:vue', is: 'globs', parts: vue({ customElement: 'src/*.vue' }), free: false },
  {
    plugin: 'vite:vue',
    is: 'files',
    parts: vue({ script: { globalTypeFiles: ['types.d.ts'] } }),
    free: false,
  },
  {
    plugin: 'vite:vue-jsx',
    is: 'defaults',
    parts: { root: '<root>/app', include: re, babelPlugins: [], babelPluginOptions: {} },
    free: true,
  },
  {
    plugin: 'vite:vue-jsx',
    is: 'Babel plugins',
    parts: { root: '<root>/app', babelPlugins: ['x'] },
    free: false,
  },
  { plugin: 'vite:css', is: 'defaults', config: { css: { transformer: 'postcss' } }, free: true },
  {
    plugin: 'vite:css',
    is: 'Lightning CSS',
    config: { css: { transformer: 'lightningcss' } },
    free: false,
  },
  {
    plugin: 'vite:css',
    is: 'PostCSS plugins',
    config: { css: { postcss: { plugins: [] } } },
    free: false,
  },
  {
    plugin: 'vite:css',
    is: 'a PostCSS config',
    configs: [{ file: '/w/postcss.config.js', content: '' }],
    free: false,
  },
  {
    plugin: 'vite:css',
    is: 'one in package.json',
    configs: [{ file: '/w/package.json', content: '{"postcss":{}}' }],
    free: false,
  },
  {
    plugin: 'vite:css',
    is: 'browserslist',
    configs: [{ file: '/w/.browserslistrc', content: 'ie 11' }],
    free: true,
  },
  { plugin: 'terser', is: 'data', parts: { options: { module: true } }, free: true },
  {
    plugin: 'terser',
    is: 'functions',
    parts: { options: { format: { comments: fn } } },
    free: false,
  },
])('$plugin, $is: free $free', ({ plugin, parts = {}, config = {}, configs = [], free }) => {
  const policy = findPolicy(plugin)
  const projects = policy?.verdict === 'cache' ? policy.projects : undefined
  expect(projects?.isFree({ parts, config, configs, root: '<root>/app' })).toBe(free)
})

test.each([
  ['.a { color: red }', {}, true],
  ['.a { background: url(/logo.svg) }', {}, false],
  ['.a { background: url("./logo.svg"); font: 1px/2 x }', {}, true],
  ['@use "/src/theme";', {}, false],
  ['.a { color: red }', { preprocessorOptions: { scss: { additionalData: '@use "/x";' } } }, false],
  ['.a { color: red }', { preprocessorOptions: { scss: { loadPaths: ['src'] } } }, false],
  ['.a { color: red }', { preprocessorOptions: { scss: { api: 'legacy' } } }, false],
  ['@use "dedupe-me";', {}, false],
])('a sheet %j with %j: free %s', (code, css, free) => {
  const policy = findPolicy('vite:css')
  const projects = policy?.verdict === 'cache' ? policy.projects : undefined
  const id = `${import.meta.filename}?vue&type=style&lang.scss`
  const config = { css, resolve: { dedupe: ['dedupe-me'] } }
  const instance = { parts: {}, config, configs: [], root: '<root>/app' }
  expect(projects?.isFreeCall?.({ hook: 'transform', id, code }, [], instance)).toBe(free)
})
