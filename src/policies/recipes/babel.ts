import fs from 'node:fs'
import path from 'node:path'
import { browserslistEnv } from '../browserslist.ts'
import { withExtended } from '../extended.ts'
import { withoutQuery } from '../moduleId.ts'
import {
  type CachePolicy,
  hasLabel,
  type PolicyCall,
  type PolicyInputs,
  type PolicyPlace,
  replacements,
} from '../policy.ts'
import { upward } from '../upward.ts'
import { rolldownBabelProjects, rollupBabelProjects, vueJsxProjects } from './babelProjects.ts'

const extensions = ['', '.js', '.cjs', '.mjs', '.json', '.cts', '.ts', '.mts']

/**
 * Configs that its presets and plugins look for: browserslist's and Lingui's
 * (@lingui/conf 5.9.5, `searchPlaces`). Both are kept in memory, and may have been
 * read before any hook ran, as @lingui/vite-plugin does: no call is seen reading them.
 */
const toolNames = [
  '.browserslistrc',
  'browserslist',
  // it refuses these
  '.browserlistrc',
  'browserlist',
  ...['js', 'cjs', 'ts', 'mjs'].map((extension) => `lingui.config.${extension}`),
  '.linguirc',
  ...['json', 'yaml', 'yml', 'ts', 'js'].map((extension) => `.linguirc.${extension}`),
  'package.json',
]

export function toolFiles(place: PolicyPlace): readonly string[] {
  return upward(toolNames, place.root, place)
}

/** In words, for the page. */
export const toolsSay: string =
  'browserslist’s and Lingui’s configs and those in `package.json`, upwards from the root'
export const babelSays: string = `\`babel.config.*\` and \`.babelrc*\`, with all they extend and import, upwards from the root and the module; ${toolsSay}`

/** Root and relative configs (`@babel/core` lib/config/files/configuration.js). */
export function configFiles(place: PolicyPlace): readonly string[] {
  const names = [
    ...extensions.map((extension) => `babel.config${extension}`),
    ...extensions.map((extension) => `.babelrc${extension}`),
    ...toolNames,
  ]
  return withExtended(upward(names, place.root, place))
}

/** Configs beside a module or above it, below the root: who is there is seen, what they say is not (gensync-utils/fs.js). */
export function nearerConfigs(
  call: PolicyCall,
  _watched: readonly string[],
  place: PolicyPlace,
): PolicyInputs {
  const file = withoutQuery(call.id)
  if (!path.isAbsolute(file) || file.includes('/node_modules/')) return {}
  const names = extensions.map((extension) => `.babelrc${extension}`)
  return {
    files: withExtended(
      upward(names, path.dirname(file), place).filter((each) => fs.existsSync(each)),
    ),
  }
}

/** `@babel/core` lib/config/files/plugins.js, `standardizeName`. */
export function nameForms(name: string): readonly string[] {
  const bare = name.replace(/^module:/, '')
  const [scope, rest] = bare.startsWith('@') ? bare.split('/', 2) : []
  const kinds = ['plugin', 'preset']
  if (scope === undefined) return [bare, ...kinds.map((kind) => `babel-${kind}-${bare}`)]
  if (rest === undefined) return kinds.map((kind) => `${scope}/babel-${kind}`)
  const prefix = scope === '@babel' ? '' : 'babel-'
  return [bare, ...kinds.map((kind) => `${scope}/${prefix}${kind}-${rest}`)]
}

/** Browserslist's (`node.js` of it) and Babel's own; workers and `debug` walk over all the others. */
export const env: readonly string[] = ['BABEL_ENV', 'NODE_ENV', ...browserslistEnv]

/** Babel's own, and one that babel-plugin-react-compiler 1.0.0 asks whether it is installed (`hasModule`). */
export const packages: readonly string[] = [
  '@babel/core',
  '@babel/runtime',
  'browserslist',
  'caniuse-lite',
  'react-native-reanimated',
]

/** Nobody sees what presets and plugins read in a thread, and any may read something. */
const onlyHere: Pick<CachePolicy, 'except' | 'refuseParts'> = {
  except: 'all, with the option `parallel`: nobody sees what presets and plugins read in a thread',
  // the option, or what @rollup/plugin-babel makes of it
  refuseParts: (parts) =>
    hasLabel(parts, 'parallel') || hasLabel(parts, 'workerPool') ? 'works in threads' : undefined,
}

/** Its options name presets and plugins by name too; those are resolved from the root. */
export const rollupBabel: CachePolicy = {
  ...onlyHere,
  verdict: 'cache',
  plugin: 'babel',
  hooks: ['transform', 'renderChunk'],
  packages: ['@rollup/plugin-babel', ...packages],
  checked: '@rollup/plugin-babel 7.1',
  why: 'a pure function of code, options and configs; what its presets and plugins read is seen, or named here',
  inputsSay: babelSays,
  state: 'none',
  paths: 'visible',
  projects: rollupBabelProjects,
  env,
  nameForms,
  settingsOnly: true,
  configFiles,
  inputs: (call, watched, place) =>
    call.hook === 'transform' ? nearerConfigs(call, watched, place) : {},
  chunkFields: ['name', 'fileName', 'isEntry', 'exports', 'type'],
}

/** `babelrc` and `configFile` are off (its source); the rest of its input is code, options and module type. */
export const rolldownBabel: CachePolicy = {
  ...onlyHere,
  verdict: 'cache',
  plugin: '@rolldown/plugin-babel',
  hooks: ['transform'],
  packages: ['@rolldown/plugin-babel', ...packages],
  checked: '@rolldown/plugin-babel 0.3.1',
  why: 'a pure function of code and options: it turns config files off',
  inputsSay: toolsSay,
  state: 'none',
  paths: 'visible',
  projects: rolldownBabelProjects,
  env,
  nameForms,
  settingsOnly: true,
  configFiles: toolFiles,
}

export const vueJsx: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:vue-jsx',
  hooks: ['transform'],
  packages: ['@vitejs/plugin-vue-jsx', ...packages],
  checked: '@vitejs/plugin-vue-jsx 5.1.6',
  why: 'a pure function of code and options: it turns config files off',
  inputsSay: toolsSay,
  state: 'none',
  paths: 'visible',
  projects: vueJsxProjects,
  blindTo: replacements,
  env,
  nameForms,
  configFiles: toolFiles,
}

export const reactCompiler: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:react-compiler',
  hooks: ['transform'],
  packages: ['@vitejs/plugin-react', 'oxc-transform-react'],
  checked: '@vitejs/plugin-react 6.3',
  why: 'a pure native function of code and options',
  state: 'none',
  paths: 'visible',
  env: [],
}
