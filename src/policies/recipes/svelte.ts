import { type CachePolicy, type PolicyPlace, replacements } from '../policy.ts'
import { importFolders } from '../styleImports.ts'
import { tailwindRefusal } from '../tailwind.ts'
import { postcssConfigFiles } from './css.ts'

const packages = ['@sveltejs/vite-plugin-svelte', 'svelte', 'svelte-preprocess', 'typescript']

/**
 * Each stage is one plugin of the list (7.3.1). CSS travels in
 * `meta.svelte.css`; `load-compiled-css` only reads it back and stays as it is.
 * Warnings go through a logger of its own: a call that prints is not stored.
 */
export const svelteCompile: CachePolicy = {
  verdict: 'cache',
  plugin: /^vite-plugin-svelte:compile(?:-module)?$/,
  hooks: ['transform'],
  packages,
  checked: '@sveltejs/vite-plugin-svelte 7.3.1, 6.2.4',
  why: 'a pure function of code and options; the styles travel in the result',
  except: 'components with warnings: they go through a logger of its own',
  state: 'none',
  paths: 'plain',
  // svelte 5, `cssHash`: of the file's name, from `rootDir` (the working directory) on where it is below
  hashesPathsOutside: true,
  tellsPaths: ['dynamicCompileOptions', 'cssHash'],
  blindTo: replacements,
  env: ['NODE_ENV'],
}

/** Names its dependencies only under `build.watch`; its reads are seen. Styles go through Vite's own CSS pipeline. */
export const sveltePreprocess: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite-plugin-svelte:preprocess',
  hooks: ['transform'],
  packages: [...packages, 'vite', 'sass', 'sass-embedded', 'less', 'stylus', 'postcss'],
  checked: '@sveltejs/vite-plugin-svelte 7.3.1, 6.2.4',
  why: 'a pure function of code and options; what preprocessors read is seen',
  inputsSay: 'PostCSS, Tailwind and browserslist configs, upwards from the root',
  state: 'none',
  paths: 'plain',
  tellsPaths: ['markup'],
  blindTo: replacements,
  settingsOnly: true,
  env: ['NODE_ENV'],
  configFiles: (place: PolicyPlace) => postcssConfigFiles(place),
  // `DependenciesCache` of its preprocess.js, by which a changed partial reaches its components
  notInDev:
    'keeps the dependencies of each component for hot updates, where nobody else can add them',
  refuseCode(_code, call, watchFiles) {
    // both read what a sheet imports in worker threads
    if (/<style[^>]*\blang=["']?(?:less|styl)/.test(call.code ?? '')) return 'Less or Stylus'
    return tailwindRefusal(call, watchFiles)
  },
  inputs: (call, watchFiles, place, parts) => ({
    folders: importFolders(call, watchFiles, place, parts),
  }),
}
