/**
 * The builds that can be measured. `size` components; `oracle` says whether the
 * floor (oracle.mjs) can be measured too, which takes a host that is Vite and one build.
 */
export const cases = {
  vue: { app: 'vue', size: 1500, oracle: true },
  'rollup-array': { app: 'rollup-library', size: 200, config: 'rollup.array.config.js' },
  css: { app: 'css', size: 600, oracle: true },
  svelte: { app: 'svelte', size: 500, oracle: true },
  mdx: { app: 'mdx', size: 300, oracle: true },
  'react-compiler': { app: 'react-compiler', size: 300, oracle: true },
}
