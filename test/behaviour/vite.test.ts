import { beforeAll, describe, expect, test } from 'vitest'
import { commonRows } from './commonRows.ts'
import { fixtureLibrary } from './fixturePackages.ts'
import { checkRow, everything, nothing, type Row } from './rows.ts'
import { viteConfig, viteProject } from './viteProject.ts'
import { some } from '../support/some.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

const config = (...given: Parameters<typeof viteConfig>): Record<string, string> => ({
  'vite.config.js': viteConfig(...given),
})
const css = /^vite:css /

/** An edit of one module, and the calls that see it. */
function edit(name: string, from: string, to: string): Pick<Row, 'files' | 'again' | 'says'> {
  const before = viteProject[name]!
  expect(before).toContain(from)
  return {
    files: { [name]: before.replace(from, to) },
    again: [new RegExp(` ${name.replaceAll('.', '\\.')}(?:$|\\?)`)],
    says: 'code: changed',
  }
}

const rows: readonly Row[] = [
  ...commonRows((banner) => config({ banner })),

  // nothing that a hook can see
  {
    change: 'ports',
    files: config({ build: `server: { port: 4000 }, preview: { port: 4001 }, build: {` }),
    again: nothing,
  },
  { change: 'logLevel', args: ['--logLevel', 'warn'], again: nothing },
  {
    change: 'version of a library of the app',
    files: fixtureLibrary('1.0.1', 'library'),
    again: nothing,
  },
  {
    change: 'version and content of a library of the app',
    files: fixtureLibrary('1.0.1', 'another library'),
    says: 'code: changed',
    again: [/ node_modules\/fixture-library\/index\.js$/],
  },

  // one module's content
  {
    change: 'an SFC',
    ...edit('src/One.vue', '<b>x</b>', '<b>y</b>'),
    // its styles are named by what is in it
    says: /^(?:src\/One\.vue: changed|first seen)$/,
  },
  {
    change: 'a Svelte component',
    ...edit('src/A.svelte', '<p>{a}', '<p>a: {a}'),
    // its style is what it was, and Vite reads no file for that
    again: [/^(?!vite:css ).* src\/A\.svelte/],
    says: 'src/A.svelte: changed',
  },
  { change: 'a page', ...edit('src/page.mdx', '# page', '# Page') },
  { change: 'a Sass sheet', ...edit('src/styles/path/lone.scss', '2px', '3px') },
  { change: 'a module', ...edit('src/banner-a.js', 'a', 'changed') },

  // options of one plugin
  {
    change: 'an option of Vue',
    files: config({ vue: `template: { compilerOptions: { whitespace: 'preserve' } }` }),
    says: 'options.template.compilerOptions.whitespace: "condense" → "preserve"',
    again: [/^vite:vue /],
    because: {
      plugin: 'vite:vue',
      part: 'options.template.compilerOptions.whitespace',
      from: '"condense"',
      to: '"preserve"',
    },
  },
  {
    change: 'an option of MDX',
    files: config({
      mdx: `mdx({ remarkPlugins: [remarkSince], elementAttributeNameCase: 'html' })`,
    }),
    says: /ptions_?\.elementAttributeNameCase: \(none\) → "html"$/,
    again: [/^@mdx-js\/rollup /],
    because: {
      plugin: '@mdx-js/rollup',
      part: /ptions_?\.elementAttributeNameCase$/,
      to: '"html"',
    },
  },
  // files that hooks depend on
  {
    change: 'the PostCSS config',
    files: {
      'postcss.config.js': viteProject['postcss.config.js']!.replace(
        'postcssOwn()',
        `postcssOwn({ prefix: 'x' })`,
      ),
    },
    says: 'postcss.config.js: changed',
    again: [css],
  },
  {
    change: 'a PostCSS config that appears before the one that was found',
    files: { '.postcssrc.json': '{ "plugins": {} }' },
    says: '.postcssrc.json: appeared',
    again: [css],
  },
  {
    change: 'the Svelte config',
    files: {
      'svelte.config.js':
        'export default { compilerOptions: { runes: true, preserveComments: true } }\n',
    },
    says: 'options.compilerOptions.preserveComments: (none) → true',
    again: [/^vite-plugin-svelte:/],
  },
  {
    change: 'a file of types that two SFCs import',
    files: { 'src/types.ts': `export interface Props { another: string }\n` },
    says: 'src/types.ts: changed',
    again: [/^vite:vue .*(?:One|Three)\.vue/],
  },
  {
    change: 'a file of types behind that one',
    files: { 'src/base.ts': `export interface Base { another: string }\n` },
    says: 'src/base.ts: changed',
    again: [/^vite:vue .*(?:One|Three)\.vue/],
  },
  {
    change: 'a Sass partial',
    files: { 'src/styles/parts/_tokens.scss': '$size: 5px;\n' },
    says: 'src/styles/parts/_tokens.scss: changed',
    again: [/^vite:css .*main\.scss$/],
  },
  {
    change: 'a Sass partial that appears before the one that was found',
    files: { 'sass/first/_found.scss': '$found: 5px;\n' },
    says: 'sass/first/_found.scss: appeared',
    again: [/^vite:css .*path\.scss$/],
    perhaps: /^vite:css /,
  },
  {
    change: 'a Sass partial that appears beside the sheet',
    files: { 'src/styles/path/_found.scss': '$found: 5px;\n' },
    says: /^src\/styles\/path\//,
    again: [/^vite:css .*path\.scss$/],
    perhaps: /^vite:css /,
  },
  {
    change: 'a PostCSS dependency',
    files: { 'data/palette.txt': 'blue' },
    says: 'data/palette.txt: changed',
    again: [/^vite:css .*text\.css$/],
  },
  {
    change: 'a file in a PostCSS dir-dependency',
    files: { 'data/counted/two.txt': '' },
    says: /^data\/counted\//,
    again: [/^vite:css .*count\.css$/],
  },
  // what the host and the process say
  { change: 'mode', args: ['--mode', 'staging'], says: /^config\./, again: everything },
  {
    change: 'ssr',
    args: ['--ssr', 'src/main.js'],
    says: /^(?:config\.|first seen$)/,
    again: everything,
  },
  { change: 'sourcemap', args: ['--sourcemap'], says: /sourcemap/, again: everything },
  {
    change: 'define',
    files: config({ build: `define: { X: '1' }, build: {` }),
    says: /^config\.define/,
    again: [/^own-/],
  },
]

describe.each([
  ['vite-8', rows],
  ['vite-7', some(8, rows)],
] as const)('%s', (host, chosen) => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench(host, viteProject)
  })
  test.each(chosen)('$change', (row) => checkRow(bench, row))
})
