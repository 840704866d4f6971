import { expect, test } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { openApp } from './viteApp.ts'

type Preact = (options: object) => object

const counter = (name: string): string => `import { useState } from 'preact/hooks'
export function Counter() {
  const [${name}, set] = useState(0)
  return <button onClick={() => set(${name} + 1)}>{${name}}</button>
}
`

test('the names of hooks for Preact’s devtools: a component, and their option', async () => {
  const host = 'recipes-8'
  const entry = `${hostModules(host)}/@preact/preset-vite/dist/esm/index.mjs`
  const { preact } = (await import(entry)) as { preact: Preact }
  let devToolsEnabled = true
  const app = await openApp({
    host,
    files: {
      'src/main.js': `import { Counter } from './counter.jsx'\nimport { Plain } from './plain.jsx'\nconsole.log(Counter, Plain)\n`,
      'src/counter.jsx': counter('count'),
      'src/plain.jsx': `export const Plain = ({ text }) => <p>{text}</p>\n`,
    },
    watch: ['preact:transform-hook-names', 'transform'],
    counts: /\.jsx$/,
    config: () => ({
      plugins: [preact({ devToolsEnabled, reactAliasesEnabled: false })] as never,
      build: { rollupOptions: { external: /^preact/ } },
    }),
  })
  expect(await app.after({})).toEqual(['src/counter.jsx', 'src/plain.jsx'])
  const { files } = await app.plain()
  expect(Object.values(files).join()).toContain('addHookName')
  expect(await app.after({})).toEqual([])
  expect(await app.after({ 'src/counter.jsx': counter('times') })).toEqual(['src/counter.jsx'])
  // it is asked all the same, and does nothing
  devToolsEnabled = false
  expect(await app.after({})).toEqual(['src/counter.jsx', 'src/plain.jsx'])
  expect(Object.values((await app.plain()).files).join()).not.toContain('addHookName')
})
