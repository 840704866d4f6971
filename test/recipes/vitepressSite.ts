import path from 'node:path'

/** A small VitePress site of our own: what its pages are made of comes from many files. */
export function vitepressSite(): Record<string, string> {
  return {
    'package.json': '{ "private": true, "type": "module" }\n',
    '.vitepress/config.mjs': config,
    // not the default theme, whose hundred modules would be most of the time
    '.vitepress/theme/index.js': `import Counter from './Counter.vue'
import Layout from './Layout.vue'
import './extra.css'
export default {
  Layout,
  enhanceApp({ app }) {
    app.component('Counter', Counter)
  },
}
`,
    '.vitepress/theme/Layout.vue': `<script setup>
import { useData } from 'vitepress'
import search from '@localSearchIndex'
const { page } = useData()
const find = async () => console.log(await search.root())
</script>
<template><h1 @click="find">{{ page.title }} {{ page.lastUpdated }}</h1><Content /></template>
`,
    '.vitepress/theme/Counter.vue': `<script setup>
import { ref } from 'vue'
const count = ref(0)
</script>
<template><button class="counter" @click="count++">{{ count }}</button></template>
<style scoped>
.counter { color: red }
</style>
`,
    '.vitepress/theme/extra.css': '.extra { order: 1 }\n',
    'things.data.js': `import fs from 'node:fs'
export default {
  watch: ['./things/*.txt'],
  load: (files) => files.toSorted().map((file) => fs.readFileSync(file, 'utf8').trim()),
}
`,
    'things/one.txt': 'thing one\n',
    'index.md': page(
      'Home',
      '![dot](./guide/dot.svg) [Guide](./guide/start) and [left](./packages/left).',
    ),
    'guide/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"/>\n',
    'guide/start.md': page('Start', 'Go on with [includes](./includes) <Counter />', code('one')),
    'guide/includes.md': page('Includes', '<!--@include: ../parts/note.md-->', code('two')),
    'guide/styled.md': page('Styled', '<!--@include: ../parts/styled.md-->'),
    'guide/snippets.md': page(
      'Snippets',
      '<<< ../snippets/sum.ts{2}',
      '<<< @/snippets/part.js#inner',
    ),
    'guide/data.md': `<script setup>
import { data } from '../things.data.js'
</script>

# Data

<ul><li v-for="each of data">{{ each }}</li></ul>
`,
    'guide/front.md': `---
title: From frontmatter
outline: deep
---

# Front {{ $frontmatter.outline }}
`,
    'parts/note.md': '::: tip Note\nIncluded text, and `code`.\n:::\n',
    'parts/styled.md': 'A part with a style.\n\n<style>\n.from-part { order: 1 }\n</style>\n',
    'snippets/sum.ts': 'export function sum(a: number, b: number) {\n  return a + b\n}\n',
    'snippets/part.js':
      '// #region inner\nconst inside = 1\n// #endregion inner\nconst outside = 2\n',
    'packages/[name].md': '# {{ $params.name }}\n\n<!-- @content -->\n',
    'packages/[name].paths.js': `export default {
  paths: () => ['left', 'right'].map((name) => ({ params: { name }, content: 'The ' + name + ' one.' })),
}
`,
  }
}

const config = `import { defineConfig } from 'vitepress'
import remember from 'vite-plugin-remember'
import { countCalls } from ${JSON.stringify(path.resolve(import.meta.dirname, '../playground/countCalls.mjs'))}

const { env } = process
// Shiki gives up on a line after 500 ms, which a busy machine needs for the first one
const patient = { preprocess: (code, options) => void (options.tokenizeTimeLimit = 0) }
export default defineConfig({
  title: 'Site',
  outDir: env.PLAYGROUND_OUT,
  cacheDir: env.PLAYGROUND_OUT + '.cache',
  srcExclude: ['parts/**'],
  lastUpdated: env.SITE_UPDATED === '1',
  sitemap: env.SITE_UPDATED === '1' ? { hostname: 'https://example.com' } : undefined,
  markdown: { lineNumbers: env.SITE_NUMBERS === '1', codeTransformers: [patient] },
  themeConfig: {
    search: { provider: 'local' },
  },
  vite: {
    plugins: [env.PLAYGROUND_PLAIN !== '1' && remember(), countCalls()],
  },
})
`

function page(title: string, ...rest: string[]): string {
  return [`# ${title}`, `Some words on ${title.toLowerCase()}.`, ...rest, ''].join('\n\n')
}

function code(name: string): string {
  return `\`\`\`ts\nconst ${name}: string = '${name}' // a comment\n\`\`\``
}
