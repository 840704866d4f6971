import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, test } from 'vitest'
import { checkRow, nothing, type Row } from './rows.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

const config = (icon: boolean, scale: number, targets: string): string => `
import babel from '@rolldown/plugin-babel'
import icons from 'unplugin-icons/vite'
import remember from 'vite-plugin-remember'
import svgr from 'vite-plugin-svgr'
import { countClones } from './count.mjs'

export default {
  plugins: [
    process.env.REMEMBER !== 'off' && remember(),
    babel({ include: /babel-\\w\\.js$/, presets: [['@babel/preset-env', { targets: '${targets}' }]] }),
    svgr({ svgrOptions: { icon: ${icon} } }),
    icons({ compiler: 'raw', scale: ${scale} }),
    countClones(),
  ],
  build: {
    minify: false,
    rollupOptions: { input: 'src/main.js', external: /^react/ },
  },
}
`

const project: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'app', type: 'module', private: true }),
  'pnpm-workspace.yaml': '',
  'count.mjs': fs.readFileSync(path.join(import.meta.dirname, 'count.mjs'), 'utf8'),
  'vite.config.js': config(false, 1, 'chrome 80'),
  'src/main.js': `import One from './svg/one.svg?react'
import Two from './two.svg?react'
import house from '~icons/lucide/house'
import user from '~icons/lucide/user'
import './babel-a.js'
import './babel-b.js'
console.log(One, Two, house, user)
`,
  'src/svg/one.svg': `<svg viewBox="0 0 8 8"><path d="M1 1h6"/></svg>`,
  'src/two.svg': `<svg viewBox="0 0 8 8"><path d="M2 2h6"/></svg>`,
  'src/babel-a.js': `console.log([1].at(0) ?? 'a')\n`,
  'src/babel-b.js': `console.log((() => 'b')())\n`,
}

/** They are asked for every module, and that costs less than to look it up. */
const noIcon = /^unplugin-icons load (?!~icons\/)/
const svgs = /^vite-plugin-svgr load .*\.svg\?react$/

const rows: readonly Row[] = [
  { change: 'nothing', again: nothing },
  {
    change: 'one picture',
    files: { 'src/two.svg': `<svg viewBox="0 0 8 8"><path d="M3 3h6"/></svg>` },
    again: [/^vite-plugin-svgr load src\/two\.svg\?react$/],
  },
  {
    change: 'an option of SVGR',
    files: { 'vite.config.js': config(true, 1, 'chrome 80') },
    again: [/^vite-plugin-svgr /],
    because: { plugin: 'vite-plugin-svgr', part: 'svgrOptions.icon', from: 'false', to: 'true' },
  },
  {
    change: 'an SVGR config that appears beside one picture',
    files: { 'src/svg/.svgrrc.json': '{ "dimensions": false }' },
    again: [/^vite-plugin-svgr load src\/svg\/one\.svg\?react$/],
  },
  {
    change: 'an SVGR config that appears at the root',
    files: { '.svgrrc.json': '{ "dimensions": false }' },
    again: [svgs],
  },
  {
    change: 'an option of the icons',
    files: { 'vite.config.js': config(false, 2, 'chrome 80') },
    again: [/^unplugin-icons /],
    because: { plugin: 'unplugin-icons', part: /scale$/, from: '1', to: '2' },
  },
  {
    change: 'an option of a Babel preset',
    files: { 'vite.config.js': config(false, 1, 'chrome 120') },
    again: [/^@rolldown\/plugin-babel /],
    because: {
      plugin: '@rolldown/plugin-babel',
      part: /targets$/,
      from: '"chrome 80"',
      to: '"chrome 120"',
    },
  },
]

describe('pictures, icons and Babel on Vite 8', () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench('vite-8', project)
  })
  test.each(rows)('$change', (row) => checkRow(bench, { ...row, always: [noIcon] }))
})
