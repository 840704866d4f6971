import { expect, test } from 'vitest'
import { hostModules } from '../../scripts/lib/hosts.mjs'
import { openApp } from './viteApp.ts'

type React = (options: object) => object

const list = (text: string): string => `export function List({ items }) {
  const shown = items.filter((item) => item.shown)
  return <ul title="${text}">{shown.map((item) => <li key={item.id}>{item.text}</li>)}</ul>
}
`

// The compiler is native: nobody sees what it does with its options.
test('the compiler of @vitejs/plugin-react: a component, and its options', async () => {
  const host = 'recipes-8'
  const entry = `${hostModules(host)}/@vitejs/plugin-react/dist/index.js`
  const { default: react } = (await import(entry)) as { default: React }
  const compiler: Record<string, unknown> = {}
  const app = await openApp({
    host,
    files: {
      'src/main.js': `import { List } from './list.jsx'\nimport { Plain } from './plain.jsx'\nconsole.log(List, Plain)\n`,
      'src/list.jsx': list('one'),
      'src/plain.jsx': `export const Plain = ({ text }) => <p>{text}</p>\n`,
    },
    watch: ['vite:react-compiler', 'transform'],
    counts: /\.jsx$/,
    config: () => ({
      plugins: [react({ compiler: { ...compiler } })] as never,
      build: { rollupOptions: { external: /^react/ } },
    }),
  })
  const all = ['src/list.jsx', 'src/plain.jsx']
  expect(await app.after({})).toEqual(all)
  const { files } = await app.plain()
  expect(Object.values(files).join()).toContain('react/compiler-runtime')
  expect(await app.after({})).toEqual([])
  expect(await app.after({ 'src/list.jsx': list('two') })).toEqual(['src/list.jsx'])
  compiler['compilationMode'] = 'annotation'
  expect(await app.after({})).toEqual(all)
  expect((await app.plain()).files).not.toEqual(files)
  compiler['target'] = '18'
  compiler['compilationMode'] = 'infer'
  expect(await app.after({})).toEqual(all)
})
