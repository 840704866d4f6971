import { browserslistEnv } from '../browserslist.ts'
import type { CachePolicy } from '../policy.ts'

/**
 * Two Babel passes for each chunk. Which polyfills they ask for is noted for
 * `generateBundle`, and noted again by a replay (plugin/legacyMemory.ts). Its
 * Babel looks for no config, and the targets were found before.
 */
export const legacy: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:legacy-post-process',
  hooks: ['renderChunk'],
  packages: ['@vitejs/plugin-legacy', 'browserslist', 'caniuse-lite'],
  checked: '@vitejs/plugin-legacy 8.2.3, 7.2.1',
  why: 'a pure function of code, options and targets; the polyfills it asks for are noted again by a replay',
  state: 'none',
  paths: 'visible',
  legacyPolyfills: true,
  env: ['BABEL_ENV', 'NODE_ENV', ...browserslistEnv],
  chunkFields: ['fileName', 'isEntry'],
  optionFields: [],
  collects: [
    'facadeToLegacyChunkMap',
    'facadeToLegacyImportMap',
    'facadeToLegacyPolyfillMap',
    'facadeToModernPolyfillMap',
    'modernPolyfills',
    'legacyPolyfills',
  ],
}
