import fs from 'node:fs'
import path from 'node:path'
import { fixturePackages } from './fixturePackages.ts'

const here = import.meta.dirname

/** The config's texts that rows replace. */
const places = {
  babel: `compact: false`,
  terser: `module: true`,
  banner: `'literal'`,
  esbuild: `target: 'es2022'`,
  output: `sourcemap: false`,
} as const

type Replaced = Partial<Record<keyof typeof places, string>>

/** Babel for `babel-*.js`, esbuild for TypeScript, MDX, own plugins, and Terser on the output. */
export function rollupConfig(replaced: Replaced = {}): Record<string, string> {
  const { babel, terser, banner, esbuild, output } = { ...places, ...replaced }
  return {
    'rollup.config.js': `
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import mdx from '@mdx-js/rollup'
import { babel } from '@rollup/plugin-babel'
import terser from '@rollup/plugin-terser'
import fixture from 'fixture-plugin'
import esbuild from 'rollup-plugin-esbuild'
import remember from 'vite-plugin-remember/rollup'
import { countHooks } from './count.mjs'
import { banner, reader, remarkSince, watcher } from './ownPlugins.mjs'

export default {
  input: 'src/main.js',
  external: [/^[^.\\/]/],
  plugins: [
    process.env.REMEMBER !== 'off' && remember({ include: /^own-/ }),
    ...countHooks([
      { name: 'find', resolveId: (id, from) => (id.startsWith('./') ? new URL(id, 'file://' + from).pathname : null) },
      babel({ babelHelpers: 'bundled', include: ['**/babel-*.js'], skipPreflightCheck: true, ${babel} }),
      esbuild({ include: /\\.ts$/, ${esbuild} }),
      mdx({ remarkPlugins: [remarkSince] }),
      banner({ text: ${banner} }),
      reader(),
      watcher(),
      fixture(),
    ]),
  ],
  output: { format: 'es', ${output}, plugins: countHooks([terser({ ${terser} })]) },
}
`,
  }
}

/** The same for Rolldown, with its own Babel plugin and without esbuild and Terser. */
export function rolldownConfig(replaced: Replaced = {}): Record<string, string> {
  const { babel, banner, output } = { ...places, ...replaced }
  return {
    'rolldown.config.js': `
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import mdx from '@mdx-js/rollup'
import babel from '@rolldown/plugin-babel'
import fixture from 'fixture-plugin'
import remember from 'vite-plugin-remember/rolldown'
import { countHooks } from './count.mjs'
import { banner, reader, remarkSince, watcher } from './ownPlugins.mjs'

export default {
  input: 'src/main.js',
  external: [/^[^.\\/]/],
  plugins: [
    process.env.REMEMBER !== 'off' && remember({ include: /^own-/ }),
    ...countHooks([
      await babel({ include: ['**/babel-*.js'], presets: ['@babel/preset-env'], ${babel} }),
      mdx({ remarkPlugins: [remarkSince] }),
      banner({ text: ${banner} }),
      reader(),
      watcher(),
      fixture(),
    ]),
  ],
  output: { format: 'es', ${output} },
}
`,
  }
}

const modules = [
  'babel-a.js',
  'babel-b.js',
  'near/babel-c.js',
  'one/one.ts',
  'two/two.ts',
  'page.mdx',
  'other.mdx',
  'banner-a.js',
  'banner-b.js',
  'env.js',
  'watch-a.js',
  'watch-b.js',
  'fixture-a.js',
  'fixture-b.js',
]

const shared: Readonly<Record<string, string>> = {
  ...fixturePackages,
  'package.json': JSON.stringify({ name: 'app', type: 'module', private: true }),
  'pnpm-workspace.yaml': '',
  'pnpm-lock.yaml': 'lockfileVersion: 9\n',
  'count.mjs': fs.readFileSync(path.join(here, 'count.mjs'), 'utf8'),
  'ownPlugins.mjs': fs.readFileSync(path.join(here, 'ownPlugins.mjs'), 'utf8'),
  'banner.json': '{ "text": "from a file" }',
  'data/since.txt': 'yesterday',
  'data/watched.txt': 'one',
  'src/main.js': modules.map((name) => `import './${name}'\n`).join(''),
  'src/page.mdx': `# page\n\nsince\n`,
  'src/other.mdx': `# other\n\nsince\n`,
  'src/babel-a.js': `/* a */ const a = () => [1].at(0) ?? 'a'\nconsole.log(a())\n`,
  'src/babel-b.js': `/* b */ console.log((() => 'b')())\n`,
  'src/near/babel-c.js': `/* c */ console.log((() => 'c')())\n`,
  'src/banner-a.js': `console.log('a')\n`,
  'src/banner-b.js': `console.log('b')\n`,
  'src/env.js': `console.log('env')\n`,
  'src/watch-a.js': `console.log('watch a')\n`,
  'src/watch-b.js': `console.log('watch b')\n`,
  'src/fixture-a.js': `console.log('fixture a')\n`,
  'src/fixture-b.js': `console.log('fixture b')\n`,
}

const ts = (name: string): string => `export class ${name} { field: string = '${name}' }
console.log(new ${name}())
`

export const rollupProject: Readonly<Record<string, string>> = {
  ...shared,
  ...rollupConfig(),
  'babel.base.json': '{ "comments": true }',
  'src/near/.babelrc.json': '{ "comments": true }',
  'babel.config.json':
    '{ "extends": "./babel.base.json", "presets": [["@babel/preset-env", { "targets": { "chrome": "80" } }]] }',
  'tsconfig.base.json': '{ "compilerOptions": { "useDefineForClassFields": true } }',
  'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
  'src/one/one.ts': ts('One'),
  'src/two/two.ts': ts('Two'),
}

export const rolldownProject: Readonly<Record<string, string>> = {
  ...shared,
  ...rolldownConfig(),
  '.browserslistrc': 'chrome 80\n',
  'src/one/one.ts': ts('One'),
  'src/two/two.ts': ts('Two'),
}
