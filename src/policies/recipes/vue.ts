import type { CachePolicy } from '../policy.ts'

/**
 * `transform` alone saves little: `load` of `?vue&type=…` parses the file again
 * when its descriptor is not in memory, so both are remembered. The descriptor
 * caches are state per file. A block with `src=` calls `this.resolve`, which
 * keeps its main transform out of the store: later calls for the other file
 * need what it leaves behind (plugin-vue 6.0.11, `setSrcDescriptor`).
 * The scope id of a sub-block hashes the whole file, which is an input anyway.
 */
export const vue: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:vue',
  hooks: ['load', 'transform'],
  packages: ['@vitejs/plugin-vue', 'vue', 'typescript'],
  checked: '@vitejs/plugin-vue 6.0.11',
  state: 'file',
}
