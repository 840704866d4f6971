import fs from 'node:fs'
import path from 'node:path'
import { fixturePackages } from './fixturePackages.ts'

const here = import.meta.dirname

/** The config's texts that rows replace. */
export const vitePlaces = {
  vue: `template: { compilerOptions: { whitespace: 'condense' } }`,
  banner: `'literal'`,
  mdx: `mdx({ remarkPlugins: [remarkSince] })`,
  build: `build: {`,
} as const

export function viteConfig(
  replaced: Partial<Record<keyof typeof vitePlaces, string>> = {},
): string {
  const { vue, banner, mdx, build } = { ...vitePlaces, ...replaced }
  return `
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import mdx from '@mdx-js/rollup'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import fixture from 'fixture-plugin'
import remember from 'vite-plugin-remember'
import { countClones } from './count.mjs'
import { banner, reader, remarkSince, watcher } from './ownPlugins.mjs'

const files = {
  fileExists: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  readFile: (file) => fs.readFileSync(file, 'utf8'),
  realpath: (file) => fs.realpathSync(file),
}

export default {
  plugins: [
    process.env.REMEMBER !== 'off' && remember({ include: /^own-/ }),
    // no filter of its own: as the first one it sees no code of others
    { ...${mdx}, enforce: 'pre' },
    banner({ text: ${banner} }),
    reader(),
    watcher(),
    fixture(),
    vue({ script: { fs: files }, ${vue} }),
    svelte(),
    countClones(),
  ],
  css: { preprocessorOptions: { scss: { loadPaths: ['sass/first', 'sass/second'] } } },
  ${build}
    minify: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: 'src/main.js',
      external: /^(?:vue|svelte|react)(?:$|\\/)/,
    },
  },
}
`
}

/** One app for Vite 8 and 7 with two or more modules for each plugin, so that what runs needlessly shows. */
export const viteProject: Readonly<Record<string, string>> = {
  ...fixturePackages,
  'package.json': JSON.stringify({ name: 'app', type: 'module', private: true }),
  'pnpm-workspace.yaml': '',
  'pnpm-lock.yaml': 'lockfileVersion: 9\n',
  'tsconfig.json': '{}',
  'count.mjs': fs.readFileSync(path.join(here, 'count.mjs'), 'utf8'),
  'ownPlugins.mjs': fs.readFileSync(path.join(here, 'ownPlugins.mjs'), 'utf8'),
  'banner.json': '{ "text": "from a file" }',
  'vite.config.js': viteConfig(),
  'postcss.config.js': `import { postcssOwn } from './ownPlugins.mjs'
export default { plugins: [postcssOwn()] }
`,
  'svelte.config.js': `export default { compilerOptions: { runes: true } }\n`,
  'data/since.txt': 'yesterday',
  'data/watched.txt': 'one',
  'data/palette.txt': 'red',
  'data/counted/one.txt': '',
  'sass/first/_unused.scss': '',
  'sass/second/_found.scss': '$found: 1px;',
  'src/main.js': [
    './One.vue',
    './Two.vue',
    './Three.vue',
    './A.svelte',
    './B.svelte',
    './page.mdx',
    './other.mdx',
    './banner-a.js',
    './banner-b.js',
    './env.js',
    './watch-a.js',
    './watch-b.js',
    './fixture-a.js',
    './fixture-b.js',
    './styles/main.scss',
    './styles/path/path.scss',
    './styles/path/lone.scss',
    './styles/text.css',
    './styles/count.css',
    './styles/path/plain.css',
    'fixture-library',
  ]
    .map((name) => `import '${name}'\n`)
    .join(''),
  'src/types.ts': `import type { Base } from './base'\nexport interface Props extends Base { one: string }\n`,
  'src/base.ts': `export interface Base { base: string }\n`,
  'src/One.vue': sfc(`import type { Props } from './types'\ndefineProps<Props>()`, 'one'),
  'src/Two.vue': sfc(`defineProps<{ two: number }>()`, 'two'),
  'src/Three.vue': sfc(`import type { Props } from './types'\ndefineProps<Props>()`, 'three'),
  'src/A.svelte': `<script>let { a } = $props()</script>\n<p>{a}</p>\n<style>p { color: red }</style>\n`,
  'src/B.svelte': `<p>b</p>\n`,
  'src/page.mdx': `# page\n\nsince\n`,
  'src/other.mdx': `# other\n\nsince\n`,
  'src/banner-a.js': `console.log('a')\n`,
  'src/banner-b.js': `console.log('b')\n`,
  'src/env.js': `console.log('env')\n`,
  'src/watch-a.js': `console.log('watch a')\n`,
  'src/watch-b.js': `console.log('watch b')\n`,
  'src/fixture-a.js': `console.log('fixture a')\n`,
  'src/fixture-b.js': `console.log('fixture b')\n`,
  'src/styles/main.scss': `@use './parts/tokens';\n.main { width: tokens.$size }\n`,
  'src/styles/path/path.scss': `@use 'found';\n.path { width: found.$found }\n`,
  'src/styles/path/lone.scss': `$x: 2px;\n.lone { width: $x }\n`,
  'src/styles/parts/_tokens.scss': `$size: 1px;\n`,
  'src/styles/text.css': `.text { @include-text palette; }\n`,
  'src/styles/count.css': `.count { @count-files; }\n`,
  'src/styles/path/plain.css': `.plain { color: red }\n`,
}

function sfc(script: string, name: string): string {
  return `<script setup lang="ts">
${script}
</script>
<template>
  <p class="${name}">
    <b>x</b> <i>{{ '${name}' }}</i>
  </p>
</template>
<style scoped>
.${name} { color: red }
</style>
`
}
