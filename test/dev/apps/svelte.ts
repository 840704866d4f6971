import { config, page, type App } from './app.ts'

export const svelteApp: App = {
  name: 'svelte',
  hosts: { 'vite-8': {}, 'vite-7': {} },
  files: {
    'vite.config.js': config(
      `import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte'`,
      'svelte({ preprocess: vitePreprocess({ script: false, style: true }) }),',
      [],
    ),
    'index.html': page('/src/main.ts'),
    'src/main.ts': `import { mount } from 'svelte'
import App from './App.svelte'
mount(App, { target: document.getElementById('app')! })
`,
    'src/App.svelte': `<script lang="ts">
  import Child from './Child.svelte'
  import Partial from './Partial.svelte'
  import { shared } from './shared.svelte.ts'
  let count: number = $state(0)
</script>

<h1>app one</h1>
<button id="count" onclick={() => count++}>count {count}</button>
<p>{shared.text}</p>
<Child label="first" />
<Partial />
`,
    'src/Child.svelte': `<script lang="ts">
  let { label }: { label: string } = $props()
  let own = $state(0)
</script>

<p class="child" data-see>child {label} <button id="own" onclick={() => own++}>own {own}</button></p>

<style>
  .child { color: rgb(1, 1, 1); }
</style>
`,
    'src/Partial.svelte': `<p class="partial" data-see>partial</p>

<style lang="scss">
  @use './theme';
  .partial { color: theme.$accent; }
</style>
`,
    'src/_theme.scss': '$accent: rgb(5, 5, 5);\n',
    'src/shared.svelte.ts': `export const shared = $state({ text: 'shared one' })\n`,
  },
  refused: [],
  shows: 'child first',
  edits: [
    { what: 'markup', file: 'src/Child.svelte', to: ['>child', '>kid'], shows: 'kid first' },
    { what: 'styles', file: 'src/Child.svelte', to: ['rgb(1', 'rgb(2'], shows: 'rgb(2, 1, 1)' },
    {
      what: 'styles with markup',
      file: 'src/Child.svelte',
      to: ['<style>', '<i>more</i>\n<style>\n  i { color: rgb(4, 4, 4); }'],
      shows: 'more',
    },
    { what: 'script', file: 'src/Child.svelte', to: ['$state(0)', '$state(40)'], shows: 'own 40' },
    {
      what: 'a Sass partial',
      file: 'src/_theme.scss',
      to: '$accent: rgb(3, 3, 3);\n',
      shows: 'rgb(3, 3, 3)',
    },
    {
      what: 'a module with runes',
      file: 'src/shared.svelte.ts',
      to: ['shared one', 'shared two'],
      shows: 'shared two',
    },
    { what: 'an error', file: 'src/Child.svelte', to: ['</p>', '</b>'], shows: 'overlay' },
    {
      // which svelte 5.57 fetches and does not show
      what: 'its correction',
      file: 'src/Child.svelte',
      to: ['</b>', 'mended</p>'],
      fetches: '/src/Child.svelte?t=',
    },
    { what: 'the outer one', file: 'src/App.svelte', to: ['app one', 'app two'], shows: 'app two' },
  ],
}
