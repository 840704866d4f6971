import path from 'node:path'
import { type CachePolicy, replacements } from '../policy.ts'
import { upward } from '../upward.ts'

export const mdx: CachePolicy = {
  verdict: 'cache',
  plugin: '@mdx-js/rollup',
  hooks: ['transform'],
  packages: ['@mdx-js/rollup', '@mdx-js/mdx'],
  checked: '@mdx-js/rollup 3.1.1',
  why: 'a pure function of the document and the options; what remark and rehype plugins read is seen',
  state: 'none',
  paths: 'plain',
  blindTo: replacements,
  declinesById: true,
}

const svgrNames = [
  '.svgrrc',
  ...['json', 'yaml', 'yml', 'js', 'ts', 'cjs', 'mjs'].map((extension) => `.svgrrc.${extension}`),
  ...['js', 'ts', 'cjs', 'mjs'].map((extension) => `svgr.config.${extension}`),
  '.prettierrc',
  '.editorconfig',
]

/** Reads the svg itself. Its config is looked for upwards, once per folder and process (cosmiconfig). */
export const svgr: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite-plugin-svgr',
  hooks: ['load'],
  packages: ['vite-plugin-svgr', '@svgr/core', '@svgr/plugin-jsx', '@svgr/plugin-svgo', 'esbuild'],
  checked: 'vite-plugin-svgr 5.2.0',
  why: 'a pure function of the picture, the options and the configs',
  inputsSay:
    '`.svgrrc*`, `svgr.config.*`, `.prettierrc`, `.editorconfig`, upwards from the picture',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  declinesById: true,
  settingsOnly: true,
  lookScope: (file) => (svgrNames.includes(path.basename(file)) ? 'named' : 'plugin'),
  env: [],
  inputs(call, _watched, place) {
    const file = call.id.replace(/[?#].*$/s, '')
    return path.isAbsolute(file) ? { files: upward(svgrNames, path.dirname(file), place) } : {}
  },
}

/** Icon sets are packages; custom loaders read files. Both are seen, or kept from earlier calls. */
export const unpluginIcons: CachePolicy = {
  verdict: 'cache',
  plugin: 'unplugin-icons',
  hooks: ['load'],
  packages: ['unplugin-icons', '@iconify/utils', '@iconify/json'],
  checked: 'unplugin-icons 24.0.0',
  why: 'a pure function of the icon set and the options; what custom loaders read is seen',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  declinesById: true,
}
