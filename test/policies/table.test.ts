import { expect, test } from 'vitest'
import { findPolicy } from '../../src/policies/table.ts'

test.each([
  ['vite:vue', 'cache'],
  ['vite:css', 'cache'],
  ['vite:css-post', 'never'],
  ['commonjs', 'never'],
  ['vite-plugin-svelte:compile-module', 'cache'],
  ['vite-plugin-svelte:load-compiled-css', undefined],
  ['builtin:vite-transform', 'never'],
  ['vite-plugin-vanilla-extract-inline-dev-css', 'never'],
  ['wyw-in-js', 'never'],
  ['vite-plugin-pwa:build', 'never'],
  ['vite-plugin-checker', 'never'],
  ['vite-plugin-image-optimizer', 'never'],
  ['unplugin-vue-components', 'never'],
  ['unplugin-auto-import', 'never'],
  ['rpt2', 'never'],
  ['vite:react-babel', 'cache'],
  ['solid', 'cache'],
  ['vite:preact-jsx', 'cache'],
  ['unplugin-vue-i18n:resource', 'cache'],
  ['unplugin-vue-i18n:directive', 'never'],
  ['somebody-elses', undefined],
])('%s is %s', (plugin, verdict) => {
  expect(findPolicy(plugin)?.verdict).toBe(verdict)
})
