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
    again: [/babel-a\.js$/],
  },
  {
    change: 'an option of Babel',
    files: rollupConfig({ babel: 'comments: false' }),
    again: [/^babel /],
    because: { plugin: 'babel', part: /comments$/, from: 'true', to: 'false' },
  },
  {
    change: 'an option of esbuild',
    files: rollupConfig({ esbuild: `target: 'es2018'` }),
    again: [/^esbuild /],
    because: { plugin: 'esbuild', part: /target$/, from: '"es2022"', to: '"es2018"' },
  },
  {
    change: 'an option of Terser',
    files: rollupConfig({ terser: `module: true, mangle: false` }),
    again: [terser],
    because: { plugin: 'terser', part: /mangle$/, from: '(none)', to: 'false' },
  },
  {
    change: 'the Babel config',
    files: { 'babel.config.json': '{ "presets": ["@babel/preset-env"] }' },
    again: [/^babel /],
  },
  {
    change: 'a Babel config that appears',
    files: { 'src/.babelrc.json': '{ "comments": false }' },
    again: [/^babel .*babel-\w\.js$/],
  },
  {
    change: 'the tsconfig that another one extends',
    files: { 'tsconfig.base.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' },
    again: [/^esbuild .*\.ts$/],
  },
  {
    change: 'a tsconfig that appears nearer to a module',
    files: {
      'src/two/tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }',
    },
    again: [/^esbuild .*two\.ts$/],
  },
  {
    change: 'sourcemap',
    files: rollupConfig({ output: 'sourcemap: true' }),
    again: [terser],
  },
]

const rolldownRows: readonly Row[] = [
  ...commonRows((banner) => rolldownConfig({ banner })),
  {
    change: 'a module',
    files: { 'src/babel-a.js': `console.log('changed')\n` },
    again: [/babel-a\.js$/],
  },
  {
    change: 'an option of Babel',
    files: rolldownConfig({ babel: 'comments: false' }),
    again: [/^@rolldown\/plugin-babel /],
    because: { plugin: '@rolldown/plugin-babel', part: /comments$/, from: 'true', to: 'false' },
  },
  {
    change: 'the browserslist config',
    files: { '.browserslistrc': 'chrome 120\n' },
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
