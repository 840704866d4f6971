import { resolve } from 'node:path'
import { env } from 'node:process'
import { babel } from '@rollup/plugin-babel'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import remember from 'vite-plugin-remember/rollup'

const extensions = ['.ts', '.js']

/** What all libraries without components say to Rollup, which runs in the library's folder. */
export function libraryConfig() {
  const dir = resolve(env.PLAYGROUND_OUT || 'dist')
  const sourcemap = env.PLAYGROUND_SOURCEMAP === '1'
  return {
    input: 'src/index.ts',
    plugins: [
      env.PLAYGROUND_PLAIN !== '1' && remember(),
      nodeResolve({ extensions }),
      babel({
        extensions,
        babelHelpers: 'bundled',
        configFile: false,
        babelrc: false,
        // what is shared is outside of the library's folder
        exclude: /node_modules/,
        presets: [
          ['@babel/preset-env', { targets: { node: '18' } }],
          ['@babel/preset-typescript', { onlyRemoveTypeImports: true }],
        ],
      }),
    ],
    output: { dir, format: 'es', sourcemap, plugins: [terser({ module: true })] },
  }
}
