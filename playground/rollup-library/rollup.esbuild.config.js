import { join, resolve } from 'node:path'
import { env } from 'node:process'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import esbuild, { minify } from 'rollup-plugin-esbuild'
import remember from 'vite-plugin-remember/rollup'

const root = import.meta.dirname
const dir = resolve(root, env.PLAYGROUND_OUT || 'dist')
const sourcemap = env.PLAYGROUND_SOURCEMAP === '1'
const target = env.PLAYGROUND_TARGET || 'es2020'

export default {
  input: join(root, 'src/index.ts'),
  plugins: [
    env.PLAYGROUND_PLAIN !== '1' && remember(),
    nodeResolve({ extensions: ['.ts', '.js'] }),
    esbuild({ target, sourceMap: sourcemap }),
  ],
  output: ['es', 'cjs'].map((format) => ({
    dir,
    format,
    entryFileNames: format === 'es' ? '[name].mjs' : '[name].cjs',
    sourcemap,
    plugins: [minify({ target })],
  })),
}
