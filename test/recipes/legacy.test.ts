import { describe, expect, test } from 'vitest'
import type { Plugin } from 'vite'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { openApp, type App } from './viteApp.ts'

const hosts = [
  ['Vite 8', 'css-tools'],
  ['Vite 7', 'css-tools-7'],
] as const

const files = {
  'index.html': '<html><body><script type="module" src="/src/main.js"></script></body></html>',
  'src/main.js': `import { flat } from './flat.js'\nconsole.log(flat([[1]]))\nimport('./lazy.js')\n`,
  'src/flat.js': `export const flat = (list) => list.map((each) => each)\n`,
  'src/lazy.js': `export const lazy = async () => \`a\${1}\`\n`,
}

async function legacyApp(host: (typeof hosts)[number][1]): Promise<App> {
  const entry = `${hostModules(host)}/@vitejs/plugin-legacy/dist/index.js`
  const { default: legacy } = (await import(entry)) as { default: (options: object) => Plugin[] }
  return openApp({
    host,
    files,
    watch: ['vite:legacy-post-process', 'renderChunk'],
    config: (dir) => ({
      plugins: [legacy({ targets: ['chrome 60'], modernPolyfills: true })],
      build: { minify: host === 'css-tools', rollupOptions: { input: `${dir}/index.html` } },
    }),
  })
}

describe.each(hosts)('%s', (_name, host) => {
  test('polyfills are those of a plain build', { timeout: 400_000 }, async () => {
    const app = await legacyApp(host)
    expect((await app.reusing()).ran).toHaveLength(4)
    // one more need in one chunk of each output; all others are as they were
    const more = `export const lazy = (text) => text.padStart(3).replaceAll('a', 'b')\n`
    expect(await app.after({ 'src/lazy.js': more })).toHaveLength(2)
    // none but what a chunk that is as it was needs
    expect(await app.after({ 'src/main.js': `import('./lazy.js')\n` })).toHaveLength(2)
    expect(await app.after({})).toEqual([])
  })
})
