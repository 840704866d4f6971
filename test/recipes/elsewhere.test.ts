import path from 'node:path'
import { expect, test } from 'vitest'
import { tempDir } from '../support/temp.ts'
import { viteCommand, writeAll } from './viteCommand.ts'

// Two checkouts share a store, and a plugin goes by where a file is: the second one gets what its
// own plain build makes. Found by an attacker.

interface Case {
  readonly name: string
  readonly imports: string
  readonly config: string
  readonly main: string
}

const hashed = `import { createHash } from 'node:crypto'
const hash = (text) => 'h' + createHash('sha1').update(text).digest('hex').slice(0, 8)`

const svelte = `import { svelte } from '@sveltejs/vite-plugin-svelte'`

const cases: readonly Case[] = [
  {
    name: 'Svelte: a component outside of the working directory',
    imports: svelte,
    config: `plugins: [remembering, svelte()]`,
    main: `export { default } from '../../../packages/ui/B.svelte'`,
  },
  {
    name: 'Svelte: `dynamicCompileOptions`',
    imports: svelte,
    config: `plugins: [remembering, svelte({
      dynamicCompileOptions: ({ filename }) => ({ preserveComments: filename.includes('/second/') }),
    })]`,
    main: `export { default } from './A.svelte'`,
  },
  {
    name: 'Svelte: a preprocessor of the user’s own',
    imports: svelte,
    config: `plugins: [remembering, svelte({ preprocess: {
      name: 'own',
      markup: ({ content, filename }) => ({ code: content.replace('hi', filename.includes('/second/') ? 'two' : 'one') }),
    } })]`,
    main: `export { default } from './B.svelte'`,
  },
  {
    name: 'Vue: a transform of the user’s own for nodes',
    imports: `import vue from '@vitejs/plugin-vue'`,
    config: `plugins: [remembering, vue({ template: { compilerOptions: { nodeTransforms: [
      (node, { filename }) => {
        if (node.type === 1 && filename.includes('/second/')) node.tag = 'b'
      },
    ] } } })]`,
    main: `export { default } from './A.vue'`,
  },
  {
    name: 'styles: a PostCSS plugin in the config',
    imports: hashed,
    config: `plugins: [remembering], css: { postcss: { plugins: [{
      postcssPlugin: 'own',
      Declaration: (declaration) => void (declaration.value = hash(declaration.source.input.file)),
    }] } }`,
    main: `import './a.css'`,
  },
]

const files = ({ imports, config, main }: Case): Readonly<Record<string, string>> => ({
  'package.json': '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
  'packages/ui/package.json': '{ "name": "ui" }',
  'packages/ui/B.svelte': '<p class="x">hi</p>\n<style>.x { color: red }</style>\n',
  'apps/a/package.json': '{ "name": "a", "type": "module" }',
  'apps/a/vite.config.js': `${imports}
import remember from 'vite-plugin-remember'
const remembering = process.env.REMEMBER !== 'off' && remember()
export default {
  ${config},
  build: {
    minify: false,
    cssMinify: false,
    lib: { entry: 'src/main.js', formats: ['es'], fileName: 'main' },
    rollupOptions: { external: /^(?:svelte|vue)/ },
  },
}
`,
  'apps/a/src/main.js': `${main}\n`,
  'apps/a/src/A.svelte': '<!-- a comment -->\n<p>hi</p>\n',
  'apps/a/src/B.svelte': '<p>hi</p>\n',
  'apps/a/src/A.vue':
    '<template><p class="x" /></template>\n<style scoped>.x { color: red }</style>\n',
  'apps/a/src/a.css': '.x { color: red }\n',
})

test.each(cases)('$name', async (given) => {
  const home = tempDir('vite-8')
  const build = async (checkout: string, mode: 'off' | 'readwrite'): Promise<string> => {
    const dir = path.join(home, checkout)
    writeAll(dir, files(given))
    const env = { REMEMBER: mode, REMEMBER_DIR: path.join(home, 'store') }
    return await viteCommand('vite-8', path.join(dir, 'apps/a'), env)
  }
  const first = await build('first', 'off')
  expect(await build('first', 'readwrite')).toBe(first)
  const second = await build('second', 'off')
  expect(second).not.toBe(first)
  expect(await build('second', 'readwrite')).toBe(second)
})
