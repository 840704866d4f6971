import type { NeverPolicy } from './policy.ts'

function never(plugin: string | RegExp, checked: string, why: string): NeverPolicy {
  return { verdict: 'never', plugin, checked, why }
}

function cheap(plugin: string | RegExp, checked: string, why: string): NeverPolicy {
  return { ...never(plugin, checked, why), isCheap: true }
}

const core = 'vite 8.3.8, 7.3.8'

/** Plugins whose hooks leave behind what no replay restores, and those with nothing to win, with the reason. */
export const neverPolicies: readonly NeverPolicy[] = [
  never(
    'commonjs',
    '@rollup/plugin-commonjs 29.0.3',
    'loads other modules (`this.load`) to learn what they are, and keeps that for all who import them',
  ),
  never(
    'typescript',
    '@rollup/plugin-typescript 12.3.1',
    'one TypeScript program for the whole build: `load` takes what it emitted, types of other files decide the errors',
  ),
  never(
    'rpt2',
    'rollup-plugin-typescript2 0.37.0',
    'one language service for the whole build, with a cache of its own; `generateBundle` needs every file that passed',
  ),
  never(
    /^(?:rollup-plugin-|rolldown-plugin-)?dts/,
    'rollup-plugin-dts 6.5.1, rolldown-plugin-dts 0.23.2',
    'builds declarations from programs of the whole project',
  ),
  never(
    'url',
    '@rollup/plugin-url 8.0.2',
    '`load` collects the files that `generateBundle` copies',
  ),
  never('vite:css-post', core, 'collects the styles of all chunks'),
  never('vite:css-analysis', core, 'works on the module graph'),
  never('vite:asset', core, 'collects assets in memory'),
  never(/^vite:worker/, core, 'builds bundles of its own'),
  never('vite:build-html', core, 'collects the scripts and styles of pages'),
  never(
    /^vite:(?:html-inline-proxy|import-analysis|build-import-analysis)$/,
    core,
    'works on the module graph',
  ),
  never(/^vite:legacy/, '@vitejs/plugin-legacy 8.2.3', 'builds the polyfill chunks'),
  never(/^@tailwindcss\/vite/, '@tailwindcss/vite 4.3.5', 'scans the whole project'),
  never(/^unocss/, '@unocss/vite 66.12.0', 'collects tokens of all modules'),
  never(
    /^vite-plugin-windicss/,
    'vite-plugin-windicss 1.9.4',
    'collects the classes of all modules',
  ),
  never(
    'postcss',
    'rollup-plugin-postcss 4.0.2',
    'collects the sheets it extracts; names neither its configs nor what CSS modules are composed of',
  ),
  never(
    'unplugin-vue-components',
    'unplugin-vue-components 32.1.0',
    'each transform adds to a table of used components, from which it writes `components.d.ts`; what a name means depends on which files the folders hold',
  ),
  never(
    'unplugin-auto-import',
    'unplugin-auto-import 21.1.0',
    'each transform adds to what `buildEnd` writes into `auto-imports.d.ts` and the ESLint config; what a name means depends on which files the folders hold',
  ),
  never(
    'unplugin-vue-i18n:directive',
    '@intlify/unplugin-vue-i18n 11.1.2',
    'collects from each component what the Vue plugin then asks for in its templates',
  ),
  never(
    'preact:devtools',
    '@preact/preset-vite 2.10.6',
    'keeps which module is the entry, and adds one line to it',
  ),
  never(
    /^vite-plugin-vanilla-extract/,
    '@vanilla-extract/vite-plugin 5.2.6',
    'runs modules in a Vite server of its own, and keeps the styles that its virtual modules load',
  ),
  never(
    /^(?:linaria|wyw-in-js)/,
    '@wyw-in-js/vite 1.1.0, @linaria/vite 5.0.4',
    'evaluates a module with all it imports, and keeps the styles that its virtual modules load',
  ),
  never(
    /^@?analogjs/,
    '@analogjs/vite-plugin-angular 2.7.5',
    'one Angular program for the whole build',
  ),
  never(/^marko/, '@marko/vite 6.0.3', 'keeps state across modules'),
  never(
    /^(?:astro[:-]|@astro\/)/,
    'astro 5.18.2',
    'keeps what one build compiled for the next (`astroFileToCompileMetadata`), and collects over pages',
  ),
  never(
    /^vitepress:(?:data|dynamic-routes)$/,
    'vitepress 2.0.0-alpha.20',
    'runs loaders of the site',
  ),
  never(/^vite-plugin-sveltekit/, '@sveltejs/kit 2.70', 'guards and collects across modules'),
  never(/^vitest(?::|$)/, 'vitest 4.1, 5.0', 'hoists mocks and instruments modules for one run'),
  never(/^builtin:/, core, 'runs natively, where no hook can be wrapped'),
  never(
    /^vite-plugin-pwa/,
    'vite-plugin-pwa 2.0.0',
    'works on the finished bundle; its virtual modules name that bundle',
  ),
  never(
    'vite-plugin-checker',
    'vite-plugin-checker 0.14.5',
    'starts type checkers and linters beside the build; it transforms nothing',
  ),
  never(
    'vite-plugin-image-optimizer',
    'vite-plugin-image-optimizer 2.0.3',
    'works in `generateBundle` and `closeBundle`, with a cache of its own',
  ),
  cheap('prefresh', '@prefresh/vite 2.4.12', 'does nothing in builds'),
  cheap(
    'node-resolve',
    '@rollup/plugin-node-resolve 16.0.3',
    'resolves; its `load` only gives an empty module',
  ),
  cheap('alias', '@rollup/plugin-alias 6.0.1', 'only resolves'),
  cheap('replace', '@rollup/plugin-replace 6.0.3', 'one search for a pattern'),
  cheap('json', '@rollup/plugin-json 6.1.0', 'one `JSON.parse`'),
  cheap('image', '@rollup/plugin-image 3.0.3', 'reads one file and encodes it'),
  cheap('virtual', '@rollup/plugin-virtual 3.0.2', 'has the text in memory'),
]
