import { type CachePolicy, hasLabel, replacements } from '../policy.ts'
import { holdsNoText, isPlain, type ProjectUse, recordOf } from '../projects.ts'

/** Options that name files or folders, which tools look for from the working directory. */
const pathOptions = ['globalTypeFiles', 'preprocessOptions', 'preprocessCustomRequire', 'postcss']

/**
 * The id of a component, and `__file` of a development build, are made of the path from the root
 * to the file (`createDescriptor`, `transformMain`); the root goes nowhere else. What it reads of
 * the config it copies into its options, but for what a server needs.
 */
const projects: ProjectUse = {
  isFree({ parts, root }) {
    const options = recordOf(parts['options'])
    const { root: known, customElement, include, exclude, devServer } = options
    return (
      known === root &&
      devServer === undefined &&
      isPlain(options) &&
      [customElement, include, exclude].every(holdsNoText) &&
      !pathOptions.some((label) => hasLabel(options, label))
    )
  },
  parts: ['options.root'],
  byPath: true,
  blindTo: ['resolve', 'css', 'build', 'base'],
}

/** As it is in `dist/index.mjs` of plugin-vue 6.0.11. */
const transformSource = `handler(code, id, opt) {
  const ssr = opt?.ssr === true;
  const { filename, query } = parseVueRequest(id);
  if (query.raw || query.url) return;
  if (!filter.value(filename) && !query.vue) return;
  if (!query.vue) return transformMain(code, filename, options.value, this, ssr, customElementFilter.value(filename));
  else {
    const descriptor = query.src ? getSrcDescriptor(filename, query) || getTempSrcDescriptor(filename, query) : getDescriptor(filename, options.value);
    if (query.src) this.addWatchFile(filename);
    if (query.type === "template") return transformTemplateAsModule(code, filename, descriptor, options.value, this, ssr, customElementFilter.value(filename));
    else if (query.type === "style") return transformStyle(code, descriptor, Number(query.index || 0), options.value, this, filename);
  }
}`

/**
 * `transform` alone saves little: `load` of `?vue&type=…` parses the file again
 * when its descriptor is not in memory, so both are remembered. The descriptor
 * caches are state per file. A block with `src=` asks `this.resolve` for the
 * other file, whose calls then need what the main transform leaves behind
 * (plugin-vue 6.0.11, `linkSrcToDescriptor`; plugin/links.ts sees to that).
 * The scope id of a sub-block hashes the whole file, which is an input anyway.
 * Types are read once per process, but the first step to them (`resolveExt`,
 * `fs.realpath`) is made for each component (compiler-sfc 3.5, `importSourceToScope`).
 */
export const vue: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:vue',
  hooks: ['load', 'transform'],
  packages: ['@vitejs/plugin-vue', 'vue', 'typescript'],
  checked: '@vitejs/plugin-vue 6.0.11',
  why: 'a pure function of the component, the options and the types it imports; the descriptor it keeps of each file is made again when an original needs it',
  state: 'file',
  paths: 'plain',
  tellsPaths: ['nodeTransforms'],
  projects,
  blindTo: replacements,
  declinesById: true,
  // a script of its own, as its main transform names it: the descriptor is made again where it is needed
  idleCalls: {
    hook: 'transform',
    id: /^[^?]+\?vue&type=script(?:&setup=true)?&lang\.\w+$/,
    source: transformSource,
  },
  // `createDescriptor(filename, code)` in its main transform; `load` reads the file of a block with `src`
  goesByCode: (id) => !/[?&]src\b/.test(id),
  settingsOnly: true,
  lookScope(path, parts) {
    if (!/\.(?:[cm]?[jt]sx?|vue)$/.test(path)) return 'plugin'
    // global types are looked at for the first component only; without `realpath` a step may be cached
    const options = parts['options']
    if (hasLabel(options, 'globalTypeFiles')) return 'plugin'
    return hasLabel(options, 'fs') && !hasLabel(options, 'realpath') ? 'plugin' : 'chain'
  },
}
