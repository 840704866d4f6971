import type { NeverPolicy } from './policy.ts'

function never(plugin: string | RegExp, why: string): NeverPolicy {
  return { verdict: 'never', plugin, why }
}

/** Plugins whose hooks leave behind what no replay restores, with the reason. */
export const neverPolicies: readonly NeverPolicy[] = [
  never('commonjs', 'keeps state across modules and awaits the load of children'),
  never('node-resolve', 'answers from the file system'),
  never('typescript', 'checks the whole program'),
  never('rpt2', 'checks the whole program'),
  never(/^(?:rollup-plugin-|rolldown-plugin-)?dts/, 'builds declarations of the whole program'),
  never('url', 'collects files to copy'),
  never('vite:css-post', 'collects the styles of all chunks'),
  never('vite:css-analysis', 'works on the module graph'),
  never('vite:asset', 'collects assets in memory'),
  never(/^vite:worker/, 'builds bundles of its own'),
  never('vite:build-html', 'collects the scripts and styles of pages'),
  never(
    /^vite:(?:html-inline-proxy|import-analysis|build-import-analysis)$/,
    'works on the module graph',
  ),
  never(/^vite:legacy/, 'collects polyfills that generateBundle needs'),
  never(/^@tailwindcss\/vite/, 'scans the whole project'),
  never(/^unocss/, 'collects tokens of all modules'),
  never('unplugin-vue-components', 'keeps tables of what is used'),
  never('vanilla-extract', 'evaluates modules and collects styles'),
  never(/^(?:linaria|wyw-in-js)/, 'evaluates modules across files'),
  never(/^@analogjs/, 'compiles the whole program'),
  never(/^marko/, 'keeps state across modules'),
  never(/^vite-plugin-sveltekit/, 'guards and collects across modules'),
  never(/^builtin:/, 'runs natively, where no hook can be wrapped'),
]
