import { join, resolve } from 'node:path'
import { env } from 'node:process'
import { babel } from '@rollup/plugin-babel'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import remember from 'vite-plugin-remember/rollup'

const root = import.meta.dirname
const dir = resolve(root, env.PLAYGROUND_OUT || 'dist')
const sourcemap = env.PLAYGROUND_SOURCEMAP === '1'
const extensions = ['.ts', '.js']

export default {
  input: join(root, 'src/index.ts'),
  plugins: [
    env.PLAYGROUND_PLAIN !== '1' && remember(),
    nodeResolve({ extensions }),
    // The presets come from babel.config.json.
    babel({
      cwd: root,
      extensions,
      babelHelpers: 'bundled',
      comments: env.PLAYGROUND_COMMENTS !== '0',
    }),
  ],
  output: [
    {
      dir,
      format: 'es',
      entryFileNames: '[name].mjs',
      sourcemap,
      plugins: [terser({ module: true })],
    },
    {
      dir,
      format: 'cjs',
      entryFileNames: '[name].cjs',
      sourcemap,
      plugins: [terser({ compress: { passes: 2 } })],
    },
  ],
}
