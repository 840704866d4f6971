import { beforeAll, describe, test } from 'vitest'
import { checkRow, nothing, type Row } from '../behaviour/rows.ts'
import { openWorkbench, type Workbench } from '../behaviour/workbench.ts'
import { counter } from './project.ts'

// Plugins that read more than the module at hand: configs, icons, locale files.

interface Chosen {
  readonly escapeHtml?: boolean
  readonly treeShaking?: boolean
}

const config = ({ escapeHtml = false, treeShaking = false }: Chosen): string => `
import fs from 'node:fs'
import path from 'node:path'
import i18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { loadCollectionFromFS } from '@iconify/utils/lib/loader/fs'
import { ExternalPackageIconLoader, FileSystemIconLoader } from 'unplugin-icons/loaders'
import icons from 'unplugin-icons/vite'
import remember from 'vite-plugin-remember'
import svgr from 'vite-plugin-svgr'
import { countClones } from './count.mjs'

// as UnoCSS does for the icons it finds: a set is read once in a process
await loadCollectionFromFS('set')

const plugins = ['@svgr/plugin-svgo', '@svgr/plugin-jsx', '@svgr/plugin-prettier']

export default {
  plugins: [
    process.env.REMEMBER !== 'off' && remember(),
    vue(),
    i18n({
      include: path.resolve('locales/**'),
      strictMessage: false,
      escapeHtml: ${escapeHtml},
      treeShaking: ${treeShaking},
    }),
    svgr({ svgrOptions: { plugins } }),
    icons({
      compiler: 'raw',
      customCollections: {
        folder: FileSystemIconLoader('icons', (svg) => svg.replace('red', 'currentColor')),
        ...ExternalPackageIconLoader('@org/own-set'),
        own: { logo: () => fs.promises.readFile('icons/logo.svg', 'utf8') },
      },
    }),
    countClones(),
  ],
  build: {
    minify: false,
    rollupOptions: { input: 'src/main.js', external: /^(?:react|vue)/ },
  },
}
`

const icon = (path: string): string =>
  `<svg viewBox="0 0 8 8" fill="red"><path d="${path}"/></svg>\n`

const iconSet = (path: string): string =>
  JSON.stringify({ prefix: 'set', icons: { star: { body: `<path d="${path}"/>` } } })

const manifest = (name: string, version: string): string =>
  JSON.stringify({ name, version, exports: { './*': './*' } })

const project: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'app', type: 'module', private: true }),
  'pnpm-workspace.yaml': '',
  'count.mjs': counter,
  'vite.config.js': config({}),
  'src/main.js': `import messages from '@intlify/unplugin-vue-i18n/messages'
import en from '../locales/en.json'
import App from './App.vue'
import Other from './Other.vue'
import One from './svg/one.svg?react'
import Two from './two.svg?react'
import round from '~icons/folder/round-door'
import logo from '~icons/own/logo'
import star from '~icons/set/star'
import moon from '~icons/own-set/star'
console.log(messages, en, App, Other, One, Two, round, logo, star, moon)
`,
  'src/App.vue': `<template><p>{{ $t('hello') }}</p></template>
<i18n>{ "en": { "hello": "Hello <b>{name}</b>" } }</i18n>
`,
  'src/Other.vue': `<template><p>{{ $t('bye') }}</p></template>
<i18n src="./other.json"></i18n>
`,
  'src/other.json': `{ "en": { "bye": "Bye" } }`,
  'locales/en.json': `{ "title": "Title {count}", "unused": "Unused" }`,
  'locales/de.json': `{ "title": "Titel {count}", "unused": "Unbenutzt" }`,
  'src/svg/one.svg': icon('M1 1h6'),
  'src/two.svg': icon('M2 2h6'),
  'svgr.config.mjs': `import { attributes } from './svgr/attributes.mjs'
export default { svgProps: attributes }
`,
  'svgr/attributes.mjs': `export const attributes = { role: 'img' }\n`,
  'svgo.config.cjs': `module.exports = { plugins: require('./svgr/plugins.cjs') }\n`,
  'svgr/plugins.cjs': `module.exports = ['preset-default']\n`,
  'icons/RoundDoor.svg': icon('M3 3h6'),
  'icons/logo.svg': icon('M4 4h6'),
  'node_modules/@iconify-json/set/package.json': manifest('@iconify-json/set', '1.0.0'),
  'node_modules/@iconify-json/set/icons.json': iconSet('M5 5h6'),
  'node_modules/@org/own-set/package.json': manifest('@org/own-set', '1.0.0'),
  'node_modules/@org/own-set/icons.json': iconSet('M6 6h6'),
}

const pictures = /^vite-plugin-svgr load src\/.*\.svg\?react$/
const loadedIcons = /^unplugin-icons load ~icons/
/** Before an original of the Vue plugin, its calls for the same file run. */
const hydrated = /^vite:vue /
/** Its loader read the set when the config made it: nobody sees what it holds. */
const fromConfig = /^unplugin-icons load ~icons\/own-set\/star$/
/** It is asked for every module, and that costs less than to look it up. */
const noIcon = /^unplugin-icons load (?!~icons\/)/
const messages = /^unplugin-vue-i18n:resource transform /

interface HostRow extends Row {
  readonly onBoth?: true
}

const rows: readonly HostRow[] = [
  { change: 'nothing', again: nothing, onBoth: true },
  {
    change: 'a locale file',
    files: { 'locales/en.json': `{ "title": "Heading {count}", "unused": "Unused" }` },
    again: [/locales\/en\.json$/],
    onBoth: true,
  },
  {
    change: 'a locale file that appears',
    files: { 'locales/fr.json': `{ "title": "Titre {count}" }` },
    again: nothing,
    onBoth: true,
  },
  {
    change: 'a block of messages, and the file of another',
    files: {
      'src/App.vue': `<template><p>{{ $t('hello') }}</p></template>
<i18n>{ "en": { "hello": "Hi <b>{name}</b>" } }</i18n>
`,
      'src/other.json': `{ "en": { "bye": "See you" } }`,
    },
    again: [/(?:App\.vue|other\.json)/],
    perhaps: hydrated,
  },
  {
    change: 'an option for messages',
    files: { 'vite.config.js': config({ escapeHtml: true }) },
    again: [messages],
    perhaps: hydrated,
    because: { plugin: 'unplugin-vue-i18n:resource', part: /^escapeHtml$/ },
  },
  {
    change: 'one picture',
    files: { 'src/two.svg': icon('M2 3h6') },
    again: [/^vite-plugin-svgr load src\/two\.svg\?react$/],
  },
  {
    change: 'what the config of SVGR imports',
    files: { 'svgr/attributes.mjs': `export const attributes = { role: 'button' }\n` },
    again: [pictures],
    onBoth: true,
  },
  {
    change: 'what the config of SVGO imports',
    files: { 'svgr/plugins.cjs': `module.exports = []\n` },
    again: [pictures],
  },
  {
    change: 'a config of SVGO that appears beside a picture',
    files: { 'src/svg/.svgorc.json': `{ "plugins": [] }` },
    again: [/^vite-plugin-svgr load src\/svg\/one/],
    // the look for it may be of the call that looked first in that folder, and kept for all
    perhaps: pictures,
  },
  {
    change: 'a config of Prettier that appears',
    files: { '.prettierrc.json': `{ "semi": false, "tabWidth": 8 }` },
    again: [pictures],
  },
  {
    change: 'an icon that a loader reads',
    files: { 'icons/logo.svg': icon('M4 5h6') },
    again: [/^unplugin-icons load .*own\/logo/],
    perhaps: loadedIcons,
  },
  {
    change: 'an icon with a name that is looked for before',
    files: { 'icons/round-door.svg': icon('M3 4h6') },
    again: [/^unplugin-icons load .*folder\/round-door/],
    perhaps: loadedIcons,
  },
  {
    change: 'a new version of an icon set',
    files: {
      'node_modules/@iconify-json/set/package.json': manifest('@iconify-json/set', '1.0.1'),
      'node_modules/@iconify-json/set/icons.json': iconSet('M5 6h6'),
    },
    again: [/^unplugin-icons load .*set\/star/],
    perhaps: loadedIcons,
    onBoth: true,
  },
  {
    change: 'a new version of an icon set that the config loads',
    files: {
      'node_modules/@org/own-set/package.json': manifest('@org/own-set', '1.0.1'),
      'node_modules/@org/own-set/icons.json': iconSet('M6 7h6'),
    },
    again: [/^unplugin-icons load .*own-set\/star/],
    perhaps: loadedIcons,
  },
]

describe.each(['recipes-8', 'recipes-7'] as const)('%s', (host) => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench(host, project)
  })
  const chosen = rows.filter(({ onBoth }) => onBoth ?? host === 'recipes-8')
  test.each(chosen)('$change', (row) => checkRow(bench, { ...row, always: [fromConfig, noIcon] }))
})

// which messages are left is up to all other files
test('with tree shaking, messages are never remembered', async () => {
  const bench = await openWorkbench('recipes-8', {
    ...project,
    'vite.config.js': config({ treeShaking: true }),
  })
  await checkRow(bench, {
    files: { 'src/used.js': `export default (t) => t('unused')\n` },
    change: 'a key that is used for the first time',
    again: [messages],
    always: [fromConfig, noIcon],
  })
})
