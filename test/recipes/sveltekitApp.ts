import path from 'node:path'

const counter = JSON.stringify(path.resolve(import.meta.dirname, '../playground/countCalls.mjs'))

/** A small SvelteKit app of our own: two builds in one process, server and client, and pages made from both. */
export const sveltekitApp: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }\n',
  'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite'
import remember from 'vite-plugin-remember'
import { countCalls } from ${counter}

export default {
  plugins: [process.env.PLAYGROUND_PLAIN !== '1' && remember(), sveltekit(), countCalls()],
}
`,
  'svelte.config.js': `import toFiles from '@sveltejs/adapter-static'
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte'

const out = process.env.PLAYGROUND_OUT
const files = toFiles({ pages: out, assets: out })
// the server's files too, to compare them
const adapter = {
  name: 'all-files',
  async adapt(builder) {
    await files.adapt(builder)
    builder.writeServer(out + '/server')
  },
}

export default {
  preprocess: vitePreprocess(),
  // else a time stamp: then plain builds differ
  kit: { adapter, version: { name: 'one' } },
}
`,
  '.env': 'PUBLIC_GREETING=hello\nPRIVATE_WORD=hidden\n',
  'src/app.html': `<!doctype html>
<html lang="en">
  <head>%sveltekit.head%</head>
  <body>%sveltekit.body%</body>
</html>
`,
  'src/lib/Counter.svelte': `<script lang="ts">
  import { twice } from './numbers'
  let { start = 1 }: { start?: number } = $props()
  let count = $state(1)
</script>

<button onclick={() => (count = twice(count))}>{start + count}</button>

<style>
  button {
    order: 1;
  }
</style>
`,
  'src/lib/numbers.ts': 'export const twice = (value: number): number => value * 2\n',
  'src/lib/state.svelte.js': 'export const seen = $state({ pages: 0 })\n',
  'src/lib/server/notes.js': `import { PRIVATE_WORD } from '$env/static/private'
export const notes = { first: 'first ' + PRIVATE_WORD.length, second: 'second' }
`,
  'src/routes/+layout.js': 'export const prerender = true\n',
  'src/routes/+layout.svelte': `<script>
  let { children } = $props()
</script>

<nav><a href="/notes/first">first</a> <a href="/notes/second">second</a></nav>
{@render children()}

<style>
  nav {
    order: 2;
  }
</style>
`,
  'src/routes/+page.svelte': `<script>
  import { PUBLIC_GREETING } from '$env/static/public'
  import Counter from '$lib/Counter.svelte'
  import { seen } from '$lib/state.svelte.js'
</script>

<h1>{PUBLIC_GREETING}</h1>
<Counter start={seen.pages} />
`,
  'src/routes/notes/[slug]/+page.server.js': `import { notes } from '$lib/server/notes.js'
export const load = ({ params }) => ({ note: notes[params.slug] })
`,
  'src/routes/notes/[slug]/+page.svelte': `<script>
  let { data } = $props()
</script>

<p>{data.note}</p>
`,
}
