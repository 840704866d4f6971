import path from 'node:path'

const counter = JSON.stringify(path.resolve(import.meta.dirname, '../playground/countCalls.mjs'))

/** A small Astro site of our own: what its first build keeps of a component its second one needs. */
export const astroSite: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }\n',
  'tsconfig.json': '{ "extends": "astro/tsconfigs/base" }\n',
  'astro.config.mjs': `import { defineConfig } from 'astro/config'
import remember from 'vite-plugin-remember'
import { countCalls } from ${counter}

const { env } = process
export default defineConfig({
  outDir: env.PLAYGROUND_OUT,
  cacheDir: env.PLAYGROUND_OUT + '.cache',
  vite: { plugins: [env.PLAYGROUND_PLAIN !== '1' && remember(), countCalls()] },
})
`,
  'src/layouts/Page.astro': `---
import '../styles/page.css'
const { title } = Astro.props
---
<html lang="en">
  <head><title>{title}</title></head>
  <body><slot /></body>
</html>
<style>
  body { order: 1 }
</style>
`,
  'src/styles/page.css': 'html { order: 2 }\n',
  'src/components/Card.astro': `---
const { label } = Astro.props
---
<button class="card">{label}</button>
<script>
  import { shout } from '../scripts/shout'
  for (const card of document.querySelectorAll('.card')) card.addEventListener('click', () => shout('one'))
</script>
<style>
  .card { order: 3 }
</style>
`,
  'src/scripts/shout.ts':
    'export const shout = (text: string): void => console.log(text.toUpperCase())\n',
  'src/pages/index.astro': `---
import Page from '../layouts/Page.astro'
import Card from '../components/Card.astro'
---
<Page title="Home"><Card label="first" /></Page>
`,
  'src/pages/words.md': `---
layout: ../layouts/Page.astro
title: Words
---

# Words

Some *words*, and \`code\`.
`,
}
