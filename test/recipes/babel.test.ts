import { beforeAll, describe, test } from 'vitest'
import { checkRow, nothing, type Row } from '../behaviour/rows.ts'
import { openWorkbench, type Workbench } from '../behaviour/workbench.ts'
import { counter } from './project.ts'

// Solid, Preact, and React with Babel plugins: each of them has Babel do the work.

type Host = 'recipes-8' | 'recipes-7'

interface Chosen {
  readonly generate?: 'dom' | 'ssr'
  readonly pragma?: 'preact' | 'other'
  readonly namespace?: string
  readonly parallel?: true
}

const imports: Record<Host, string> = {
  'recipes-8': `import babel from '@rolldown/plugin-babel'
const react = (plugins, parallel) => babel({ include: /\\/react\\/.*\\.jsx$/, plugins, parallel })`,
  'recipes-7': `import plugin from '@vitejs/plugin-react'
const react = (plugins) => plugin({ include: /\\/react\\/.*\\.jsx$/, babel: { plugins } })`,
}

/** Loads Lingui's config before any hook runs, as @lingui/vite-plugin does: its Babel plugin then reads nothing. */
const config = (
  host: Host,
  { generate = 'dom', pragma = 'preact', namespace = 'app', parallel }: Chosen,
): string => `
import { getConfig } from '@lingui/conf'
import preact from '@preact/preset-vite'
import remember from 'vite-plugin-remember'
import solid from 'vite-plugin-solid'
import { countClones } from './count.mjs'
${imports[host]}

getConfig()

export default {
  plugins: [
    process.env.REMEMBER !== 'off' && remember(),
    solid({ include: /\\/solid\\//, solid: { generate: '${generate}' } }),
    preact({ include: /\\/preact\\//, reactAliasesEnabled: false, jsxImportSource: '${pragma}', babel: {} }),
    react([
      'babel-plugin-react-compiler',
      ['babel-plugin-styled-components', { namespace: '${namespace}' }],
      '@emotion/babel-plugin',
      '@lingui/babel-plugin-lingui-macro',
    ], ${parallel}),
    countClones(),
  ],
  build: {
    minify: false,
    rollupOptions: { input: 'src/main.js', external: /^(?!\\.|\\/|src)/ },
  },
}
`

const lingui = (module: string): string => `import { source } from './i18n/settings.js'
export default { locales: ['en'], runtimeConfigModule: { i18n: [source, 'i18n'], Trans: ['${module}', 'Trans'] } }
`

const project = (host: Host): Readonly<Record<string, string>> => ({
  'package.json': JSON.stringify({ name: 'app', type: 'module', private: true }),
  'pnpm-workspace.yaml': '',
  'count.mjs': counter,
  'vite.config.js': config(host, {}),
  'lingui.config.js': lingui('@lingui/react'),
  'i18n/settings.js': `export const source = '@lingui/core'\n`,
  'src/main.js': `import './solid/one.jsx'
import './solid/two.jsx'
import './preact/one.jsx'
import './preact/two.jsx'
import './react/styled.jsx'
import './react/emotion.jsx'
import './react/lingui.jsx'
import './react/compiled.jsx'
`,
  'src/solid/one.jsx': `export const One = (props) => <p class="one">{props.text}</p>\nconsole.log(One)\n`,
  'src/solid/two.jsx': `export const Two = (props) => <b class="two">{props.text}</b>\nconsole.log(Two)\n`,
  'src/preact/one.jsx': `export const One = (props) => <p class="one">{props.text}</p>\nconsole.log(One)\n`,
  'src/preact/two.jsx': `export const Two = (props) => <b class="two">{props.text}</b>\nconsole.log(Two)\n`,
  'src/react/styled.jsx': `import styled from 'styled-components'
export const Button = styled.button\`color: red;\`
console.log(Button)
`,
  'src/react/emotion.jsx': `import styled from '@emotion/styled'
export const Box = styled.div({ color: 'red' })
console.log(Box)
`,
  'src/react/lingui.jsx': `import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
export const Hello = ({ name }) => <Trans>Hello {name}, {t\`welcome\`}</Trans>
console.log(Hello)
`,
  'src/react/compiled.jsx': `export function List({ items }) {
  const shown = items.filter((item) => item.shown)
  return <ul>{shown.map((item) => <li key={item.id}>{item.text}</li>)}</ul>
}
console.log(List)
`,
})

/** The plugins are the same on both, but for React's: Vite 7 has the rows that tell it. */
interface HostRow extends Row {
  readonly onBoth?: true
}

/** Any of them may be given Lingui's plugin, and nobody sees it read its config. */
const babels = /^(?:solid|vite:preact-jsx|vite:react-babel|@rolldown\/plugin-babel) transform /

/** Solid is asked for every module, and that costs less than to look it up. */
const noJsx = /^solid transform (?!.*\.jsx$)/

const rows = (host: Host): readonly HostRow[] => {
  const react = host === 'recipes-8' ? /^@rolldown\/plugin-babel / : /^vite:react-babel /
  return [
    { change: 'nothing', again: nothing, onBoth: true },
    {
      change: 'one component of each',
      files: {
        'src/solid/one.jsx': `console.log(() => <p class="other" />)\n`,
        'src/preact/one.jsx': `console.log(() => <p class="other" />)\n`,
        'src/react/compiled.jsx': `console.log(() => <p class="other" />)\n`,
      },
      again: [/src\/(?:solid\/one|preact\/one|react\/compiled)\.jsx$/],
      onBoth: true,
    },
    {
      change: 'an option of Solid',
      files: { 'vite.config.js': config(host, { generate: 'ssr' }) },
      again: [/^solid transform /],
      because: { plugin: 'solid', part: /generate$/, from: '"dom"', to: '"ssr"' },
    },
    {
      change: 'an option of Preact',
      files: { 'vite.config.js': config(host, { pragma: 'other' }) },
      again: [/^vite:preact-jsx transform /],
      because: { plugin: 'vite:preact-jsx', part: /^jsxImportSource$/ },
    },
    {
      change: 'an option of a Babel plugin',
      files: { 'vite.config.js': config(host, { namespace: 'other' }) },
      again: [react],
    },
    // styled-components and Emotion name classes by the name of the package
    {
      change: 'the name of the package',
      files: { 'package.json': JSON.stringify({ name: 'other', type: 'module', private: true }) },
      again: [react],
      // Babel looks there for browserslist's settings, once in a process
      perhaps: /^(?:solid|vite:preact-jsx) /,
      onBoth: true,
    },
    // and by where in it a file is
    {
      change: 'a package that appears around components',
      files: { 'src/react/package.json': JSON.stringify({ name: 'inner', type: 'module' }) },
      again: [react],
    },
    {
      change: 'the config of Lingui',
      files: { 'lingui.config.js': lingui('@app/i18n') },
      again: [babels],
    },
    {
      change: 'what the config of Lingui imports',
      files: { 'i18n/settings.js': `export const source = '@app/i18n'\n` },
      again: [babels],
      onBoth: true,
    },
    {
      change: 'scripts and dependencies of the package',
      files: {
        'package.json': JSON.stringify({
          name: 'app',
          type: 'module',
          private: true,
          scripts: { x: 'y' },
          dependencies: { lodash: '*' },
        }),
      },
      again: nothing,
    },
  ]
}

describe.each(['recipes-8', 'recipes-7'] as const)('%s', (host) => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench(host, project(host))
  })
  const chosen = rows(host).filter(({ onBoth }) => onBoth ?? host === 'recipes-8')
  test.each(chosen)('$change', (row) => checkRow(bench, { ...row, always: [noJsx] }))
})

test('Babel in threads, where nobody sees what is read, is not remembered', async () => {
  const bench = await openWorkbench('recipes-8', {
    ...project('recipes-8'),
    'vite.config.js': config('recipes-8', { parallel: true }),
  })
  await checkRow(bench, {
    change: 'a package that appears around components',
    files: { 'src/react/package.json': JSON.stringify({ name: 'inner', type: 'module' }) },
    again: [/^@rolldown\/plugin-babel /],
    always: [noJsx],
  })
})
