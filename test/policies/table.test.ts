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
  ['somebody-elses', undefined],
])('%s is %s', (plugin, verdict) => {
  expect(findPolicy(plugin)?.verdict).toBe(verdict)
})
