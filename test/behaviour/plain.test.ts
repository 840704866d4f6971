import { beforeAll, describe, test } from 'vitest'
import { commonRows } from './commonRows.ts'
import { rolldownConfig, rolldownProject, rollupConfig, rollupProject } from './plainProject.ts'
import { checkRow, type Row } from './rows.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

const terser = /^terser /

const rollupRows: readonly Row[] = [
  ...commonRows((banner) => rollupConfig({ banner })),
  {
    change: 'a module',
    files: { 'src/babel-a.js': `console.log('changed')\n` },
    says: 'code: changed',
    again: [/babel-a\.js$/],
  },
  {
    change: 'an option of Babel',
    files: rollupConfig({ babel: 'compact: true' }),
    says: /ptions\.compact: false → true$/,
    again: [/^babel /],
    because: { plugin: 'babel', part: /compact$/, from: 'false', to: 'true' },
  },
  {
    change: 'an option of esbuild',
    files: rollupConfig({ esbuild: `target: 'es2018'` }),
    says: /options\.target: "es2022" → "es2018"$/,
    again: [/^esbuild /],
    because: { plugin: 'esbuild', part: /target$/, from: '"es2022"', to: '"es2018"' },
  },
  {
    change: 'an option of Terser',
    files: rollupConfig({ terser: `module: true, mangle: false` }),
    says: /options\.mangle: \(none\) → false$/,
    again: [terser],
    because: { plugin: 'terser', part: /mangle$/, from: '(none)', to: 'false' },
  },
  {
    change: 'the Babel config',
    files: { 'babel.config.json': '{ "presets": ["@babel/preset-env"] }' },
    says: /^babel\.(?:config|base)\.json: (?:changed|gone)$/,
    again: [/^babel /],
  },
  {
    change: 'the Babel config that another one extends',
    files: { 'babel.base.json': '{ "comments": false }' },
    says: 'babel.base.json: changed',
    again: [/^babel /],
  },
  {
    change: 'a Babel config beside a module',
    files: { 'src/near/.babelrc.json': '{ "comments": false }' },
    says: 'src/near/.babelrc.json: changed',
    again: [/^babel .*near\/babel-c\.js$/],
    perhaps: /^babel .*babel-[ab]\.js$/,
  },
  {
    change: 'a Babel config that appears',
    files: { 'src/.babelrc.json': '{ "comments": false }' },
    says: 'src/.babelrc.json: appeared',
    again: [/^babel .*babel-[ab]\.js$/],
    // its own config is nearer, but Babel may have kept what it looked for
    perhaps: /^babel .*babel-c\.js$/,
  },
  {
    change: 'the tsconfig that another one extends',
    files: { 'tsconfig.base.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' },
    says: 'tsconfig.base.json: changed',
    again: [/^esbuild .*\.ts$/],
  },
  {
    change: 'a tsconfig that appears nearer to a module',
    files: {
      'src/two/tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }',
    },
    says: 'src/two/tsconfig.json: appeared',
    again: [/^esbuild .*two\.ts$/],
  },
  {
    change: 'a tsconfig that appears nearer to the module that was first to look',
    files: {
      'src/one/tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }',
    },
    says: 'src/one/tsconfig.json: appeared',
    again: [/^esbuild .*one\.ts$/],
  },
  {
    change: 'sourcemap',
    files: rollupConfig({ output: 'sourcemap: true' }),
    // esbuild's has nothing to do without `minify`, but it may see the option
    says: /sourcemap/,
    again: [/ renderChunk /],
  },
]

const rolldownRows: readonly Row[] = [
  ...commonRows((banner) => rolldownConfig({ banner })),
  {
    change: 'a module',
    files: { 'src/babel-a.js': `console.log('changed')\n` },
    says: 'code: changed',
    again: [/babel-a\.js$/],
  },
  {
    change: 'an option of Babel',
    files: rolldownConfig({ babel: 'compact: true' }),
    says: 'envState.options.compact: false → true',
    again: [/^@rolldown\/plugin-babel /],
    because: { plugin: '@rolldown/plugin-babel', part: /compact$/, from: 'false', to: 'true' },
  },
  {
    change: 'the browserslist config',
    files: { '.browserslistrc': 'chrome 120\n' },
    says: '.browserslistrc: changed',
    again: [/^@rolldown\/plugin-babel /],
  },
]

describe.each([
  { host: 'rollup' as const, project: rollupProject, rows: rollupRows },
  { host: 'rolldown' as const, project: rolldownProject, rows: rolldownRows },
])('$host', ({ host, project, rows }) => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench(host, project)
  })
  test.each(rows)('$change', (row) => checkRow(bench, row))
})
