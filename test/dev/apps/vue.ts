import { config, page, type App } from './app.ts'

const viteConfig = config(
  `import { readFileSync, realpathSync, statSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import vueJsx from '@vitejs/plugin-vue-jsx'

// the SFC compiler reads imported types by this, for TypeScript 7 exposes no file system
const fs = {
  fileExists: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  readFile: (file) => readFileSync(file, 'utf8'),
  realpath: (file) => realpathSync(file),
}`,
  'vue({ script: { fs } }), vueJsx(),',
  ['vue'],
)

const child = `<script setup lang="ts">
import { ref } from 'vue'
import type { Shown } from './types'
const props = defineProps<Shown>()
const own = ref(0)
</script>

<template>
  <div class="child" data-see>
    <b>child</b> {{ props.label }} extra={{ typeof (props as any).extra }} base={{ typeof (props as any).base }}
    <button id="own" @click="own++">own {{ own }}</button>
  </div>
</template>

<style scoped lang="scss">
@use './theme';
.child { color: theme.$accent; }
</style>
`

export const vueApp: App = {
  name: 'vue',
  hosts: { 'vite-8': {}, 'vite-7': {} },
  files: {
    'vite.config.js': viteConfig,
    'index.html': page('/src/main.ts'),
    'src/main.ts': `import { createApp } from 'vue'
import App from './App.vue'
createApp(App).mount('#app')
`,
    'src/App.vue': `<script setup lang="ts">
import { ref } from 'vue'
import Child from './Child.vue'
import Linked from './Linked.vue'
import Widget from './Widget'
const count = ref(0)
const pages = Object.values(import.meta.glob('./pages/*.vue', { eager: true, import: 'default' }))
</script>

<template>
  <h1>app one</h1>
  <button id="count" @click="count++">count {{ count }}</button>
  <Child label="first" extra base />
  <Linked />
  <Widget />
  <component :is="page" v-for="page of pages" />
</template>
`,
    'src/Child.vue': child,
    'src/types.ts': `import type { Base } from './base'
export interface Shown extends Base {
  label: string
}
`,
    'src/base.ts': `export interface Base {
  none?: string
}
`,
    'src/_theme.scss': '$accent: rgb(1, 1, 1);\n',
    'src/Linked.vue': `<template>
  <p :class="$style.linked" class="linked" data-see>linked</p>
</template>

<style module>
.linked { background: rgb(7, 7, 7); }
</style>

<style scoped src="./linked.css"></style>
`,
    'src/linked.css': '.linked { color: rgb(8, 8, 8); }\n',
    'src/Widget.tsx': `import { defineComponent, ref } from 'vue'
export default defineComponent(() => {
  const own = ref(0)
  return () => <button id="widget" onClick={() => own.value++}>widget one {own.value}</button>
})
`,
    'src/pages/A.vue': '<template><i>page A</i></template>\n',
  },
  refused: ['vite:css transform src/Linked.vue?vue&type=style&index=0&lang.module.css'],
  shows: 'app one',
  edits: [
    {
      what: 'template',
      file: 'src/Child.vue',
      to: ['<b>child</b>', '<b>kid</b>'],
      shows: 'kid first',
    },
    {
      what: 'template again',
      file: 'src/Child.vue',
      to: ['<b>kid</b>', '<b>offspring</b>'],
      shows: 'offspring first',
    },
    {
      what: 'a scoped style',
      file: 'src/Child.vue',
      to: ['color: theme.$accent', 'background: rgb(2, 2, 2); color: theme.$accent'],
      shows: 'rgb(2, 2, 2)',
    },
    {
      what: 'a type that defineProps imports',
      file: 'src/types.ts',
      to: ['label: string', 'label: string\n  extra?: boolean'],
      shows: 'extra=boolean',
    },
    {
      // which vue 3.5 tells the component of, and then answers from what it keeps of the first one
      what: 'a type behind that one',
      file: 'src/base.ts',
      to: ['none?: string', 'base?: boolean'],
      fetches: '/src/Child.vue?t=',
    },
    {
      what: 'a Sass partial',
      file: 'src/_theme.scss',
      to: '$accent: rgb(3, 3, 3);\n',
      shows: 'rgb(3, 3, 3)',
    },
    {
      what: 'script',
      file: 'src/Child.vue',
      to: ['ref(0)', 'ref(40)'],
      shows: 'own 40',
    },
    {
      what: 'a template of a file that nothing was done to yet',
      file: 'src/App.vue',
      to: ['app one', 'app two'],
      shows: 'app two',
    },
    {
      what: 'a block with src',
      file: 'src/linked.css',
      to: '.linked { color: rgb(9, 9, 9); }\n',
      shows: 'rgb(9, 9, 9)',
    },
    {
      what: 'a CSS module',
      file: 'src/Linked.vue',
      to: ['rgb(7, 7, 7)', 'rgb(6, 6, 6)'],
      shows: 'rgb(6, 6, 6)',
    },
    { what: 'JSX', file: 'src/Widget.tsx', to: ['widget one', 'widget two'], shows: 'widget two' },
    {
      what: 'an error',
      file: 'src/Child.vue',
      to: ['</b>', '</u>'],
      shows: 'overlay',
    },
    { what: 'its correction', file: 'src/Child.vue', to: ['</u>', '</b> mended'], shows: 'mended' },
    {
      what: 'a file that a glob finds',
      file: 'src/pages/B.vue',
      to: '<template><i>page B</i></template>\n',
      shows: 'page B',
    },
    { what: 'a removed file', file: 'src/pages/A.vue', to: null, hides: 'page A' },
    {
      what: 'the file again, with other content',
      file: 'src/pages/A.vue',
      to: '<template><i>page A again</i></template>\n',
      shows: 'page A again',
    },
    {
      what: 'that one edited',
      file: 'src/pages/A.vue',
      to: ['again', 'at last'],
      shows: 'page A at last',
    },
  ],
}
