import { css } from './apps/css.mjs'
import { mdx } from './apps/mdx.mjs'
import { reactCompiler } from './apps/reactCompiler.mjs'
import { rollupArray, rollupBabel, rollupEsbuild } from './apps/rollupLibrary.mjs'
import { svelte } from './apps/svelte.mjs'
import { vue } from './apps/vue.mjs'

const library = { playground: 'rollup-library', host: 'vite-8', size: 2 }

/**
 * What is edited and built, by name. An app says how its copy is prepared (`patches`:
 * file, text, other text; `files`; `plainer`, what files do without), and what of its own can be edited (settings.mjs).
 */
export const cases = {
  vue: { playground: 'vue', host: 'vite-8', size: 4, app: vue },
  svelte: { playground: 'svelte', host: 'vite-8', size: 4, app: svelte },
  css: { playground: 'css', host: 'vite-8', size: 12, app: css },
  'rollup-library': { ...library, config: 'rollup.config.js', app: rollupBabel },
  mdx: { playground: 'mdx', host: 'vite-8', size: 4, app: mdx },
  'react-compiler': { playground: 'react-compiler', host: 'vite-8', size: 4, app: reactCompiler },
  'rollup-library-esbuild': { ...library, config: 'rollup.esbuild.config.js', app: rollupEsbuild },
  'rollup-library-array': {
    ...library,
    config: 'rollup.array.config.js',
    app: rollupArray,
    size: 0,
  },
  'vue-vite-7': { playground: 'vue', host: 'vite-7', size: 4, app: vue },
  'svelte-vite-7': { playground: 'svelte', host: 'vite-7', size: 4, app: svelte },
  'css-vite-7': { playground: 'css', host: 'vite-7', size: 12, app: css },
  'mdx-vite-7': { playground: 'mdx', host: 'vite-7', size: 4, app: mdx },
}
