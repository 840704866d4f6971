import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { env } from 'node:process'
import { babel } from '@rollup/plugin-babel'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import remember from 'vite-plugin-remember/rollup'

const root = import.meta.dirname
const out = resolve(root, env.PLAYGROUND_OUT || 'dist')
const sourcemap = env.PLAYGROUND_SOURCEMAP === '1'
const extensions = ['.ts', '.js']
const current = { node: '18' }

/** One build: its own plugin instances, its own outputs. */
function build(name, input, targets) {
  const output = (format, extension) => ({
    file: join(out, `${name}.${extension}`),
    format,
    sourcemap,
    plugins: [terser({ module: format === 'es', compress: { passes: 2 } })],
  })
  return {
    input: join(root, input),
    plugins: [
      env.PLAYGROUND_PLAIN !== '1' && remember(),
      nodeResolve({ extensions }),
      babel({
        cwd: root,
        extensions,
        babelHelpers: 'bundled',
        configFile: false,
        presets: [
          ['@babel/preset-env', { targets, bugfixes: true }],
          ['@babel/preset-typescript', { onlyRemoveTypeImports: true }],
        ],
      }),
    ],
    output: [output('es', 'mjs'), output('cjs', 'cjs')],
  }
}

const packages = readdirSync(join(root, 'src/packages')).sort()

// The packages share modules and Babel options, so the same calls come again
// in each of them. The last two bundle the same modules for other targets.
export default [
  ...packages.map((name) => build(name, `src/packages/${name}/index.ts`, current)),
  build('toolbelt.modern', 'src/index.ts', { chrome: '120' }),
  build('toolbelt.legacy', 'src/index.ts', { ie: '11' }),
]
