import { neverPolicies } from './never.ts'
import { matchesPlugin, type Policy } from './policy.ts'
import { reactCompiler, rolldownBabel, rollupBabel, vueJsx } from './recipes/babel.ts'
import { css } from './recipes/css.ts'
import { mdx, svgr, unpluginIcons } from './recipes/documents.ts'
import {
  esbuildMinify,
  rollupEsbuild,
  viteEsbuild,
  viteEsbuildTranspile,
} from './recipes/esbuild.ts'
import { vueI18n } from './recipes/i18n.ts'
import { preactHookNames, preactJsx, reactBabel, solid } from './recipes/jsx.ts'
import { legacy } from './recipes/legacy.ts'
import { svelteCompile, sveltePreprocess } from './recipes/svelte.ts'
import { swc } from './recipes/swc.ts'
import { rollupTerser, viteTerser } from './recipes/terser.ts'
import { vitepress, vitepressSearch } from './recipes/vitepress.ts'
import { vue } from './recipes/vue.ts'

/**
 * What is known of well-known plugins. The first that matches a plugin's name holds.
 *
 * @internal besides `findPolicy` only read by the test that writes docs/policies.md
 */
export const policies: readonly Policy[] = [
  vue,
  vueJsx,
  rolldownBabel,
  rollupBabel,
  reactCompiler,
  reactBabel,
  solid,
  preactJsx,
  preactHookNames,
  svelteCompile,
  sveltePreprocess,
  mdx,
  vitepress,
  vitepressSearch,
  css,
  svgr,
  unpluginIcons,
  vueI18n,
  viteEsbuild,
  viteEsbuildTranspile,
  rollupEsbuild,
  esbuildMinify,
  swc,
  legacy,
  viteTerser,
  rollupTerser,
  ...neverPolicies,
]

export function findPolicy(name: string): Policy | undefined {
  return policies.find((policy) => matchesPlugin(policy.plugin, name))
}
