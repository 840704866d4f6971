import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Host } from '../../scripts/lib/hosts.mjs'
import { tempDir } from '../support/temp.ts'
import { viteCommand, writeAll } from './viteCommand.ts'

// A repository inside of another workspace: tools look for their configs above what we take for the root.

interface Case {
  readonly name: string
  readonly host: Host
  /** In the folder above the repository. */
  readonly config: string
  readonly contents: readonly [string, string]
  readonly main: string
}

const postcss = (colour: string): string => `export default { plugins: [{
  postcssPlugin: 'own',
  Declaration: (declaration) => void (declaration.value = '${colour}'),
}] }
`
const fields = (areDefined: boolean): string =>
  JSON.stringify({ compilerOptions: { useDefineForClassFields: areDefined } })

const cases: readonly Case[] = [
  {
    name: 'PostCSS',
    host: 'vite-8',
    config: 'postcss.config.mjs',
    contents: [postcss('red'), postcss('blue')],
    main: `import './a.css'`,
  },
  {
    name: 'a tsconfig, for esbuild',
    host: 'vite-7',
    config: 'tsconfig.json',
    contents: [fields(true), fields(false)],
    main: `export { A } from './a.ts'`,
  },
]

test.each(cases)('$name: appears above, changes, and goes', async (given) => {
  const { host, config, contents, main } = given
  const outer = tempDir(host)
  const repository = path.join(outer, 'inner')
  const files = {
    'pnpm-workspace.yaml': 'packages: ["inner"]\n',
    'inner/.git/HEAD': 'ref: refs/heads/main\n',
    'inner/package.json': '{ "name": "inner", "type": "module", "private": true }',
    'inner/vite.config.js': `import remember from 'vite-plugin-remember'
export default {
  plugins: [process.env.REMEMBER !== 'off' && remember()],
  build: {
    minify: false,
    cssMinify: false,
    lib: { entry: 'src/main.js', formats: ['es'], fileName: 'main' },
  },
}
`,
    'inner/src/main.js': `${main}\n`,
    'inner/src/a.css': '.x { color: green }\n',
    'inner/src/a.ts': 'export class A { a = 1 }\n',
  }
  writeAll(outer, files)
  const build = (mode: 'off' | 'readwrite'): Promise<string> =>
    viteCommand(host, repository, { REMEMBER: mode, REMEMBER_DIR: path.join(outer, 'store') })
  const seen = new Set<string>()
  for (const content of [undefined, ...contents, undefined]) {
    if (content === undefined) fs.rmSync(path.join(outer, config), { force: true })
    else fs.writeFileSync(path.join(outer, config), content)
    const plain = await build('off')
    expect(await build('readwrite')).toBe(plain)
    seen.add(plain)
  }
  expect(seen.size).toBeGreaterThan(1)
})
