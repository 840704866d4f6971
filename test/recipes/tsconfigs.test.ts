import { beforeAll, test } from 'vitest'
import { checkRow, type Row } from '../behaviour/rows.ts'
import { openWorkbench, type Workbench } from '../behaviour/workbench.ts'
import { counter } from './project.ts'

// get-tsconfig's reads are seen by nobody: what rollup-plugin-esbuild finds by it is looked for by us, too.

const fields = (areDefined: boolean): string =>
  JSON.stringify({ compilerOptions: { useDefineForClassFields: areDefined } })

const project: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "app", "type": "module", "private": true }',
  'pnpm-workspace.yaml': '',
  'count.mjs': counter,
  'rollup.config.js': `import esbuild from 'rollup-plugin-esbuild'
import remember from 'vite-plugin-remember/rollup'
import { countHooks } from './count.mjs'

export default {
  input: 'src/main.ts',
  plugins: [
    process.env.REMEMBER !== 'off' && remember(),
    countHooks([esbuild({ tsconfig: 'tsconfig.build.json', target: 'esnext' })]),
  ],
}
`,
  'src/main.ts': `import './inner/deep.ts'\nexport class Main { a = 1 }\n`,
  'src/inner/deep.ts': `export class Deep { a = 1 }\nconsole.log(Deep)\n`,
  'tsconfig.build.json': '{ "extends": "@acme/tsconfig/base" }',
  'node_modules/@acme/tsconfig/package.json':
    '{ "name": "@acme/tsconfig", "version": "1.0.0", "exports": { "./base": "./configs/base.json" } }',
  'node_modules/@acme/tsconfig/configs/base.json': fields(true),
}

const both = /^esbuild transform .*\.ts$/

const rows: readonly Row[] = [
  { change: 'nothing', again: [] },
  {
    change: 'the config that the option `tsconfig` names',
    files: { 'tsconfig.build.json': fields(false) },
    again: [both],
  },
  {
    change: 'one of that name nearer to a module',
    files: { 'src/inner/tsconfig.build.json': fields(false) },
    again: [/deep\.ts$/],
  },
  {
    change: 'what a package exports under another name',
    files: { 'node_modules/@acme/tsconfig/configs/base.json': fields(false) },
    again: [both],
  },
  {
    change: 'which file a new version of the package exports',
    files: {
      'node_modules/@acme/tsconfig/package.json':
        '{ "name": "@acme/tsconfig", "version": "1.0.1", "exports": { "./base": "./configs/other.json" } }',
      'node_modules/@acme/tsconfig/configs/other.json': fields(false),
    },
    again: [both],
  },
]

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench('rollup', project)
})
test.each(rows)('$change', (row) => checkRow(bench, row))
