import { followed, holdsNoText, isPlain, recordOf, type ProjectUse } from '../projects.ts'

// Babel resolves names, globs and configs from the working directory, and tells plugins of it.

/**
 * Presets and plugins that never ask where Babel runs, but for browserslist's config, which is in
 * the key. Read: @babel/preset-env 7.29 and what it is made of, babel-plugin-react-compiler 1.0.
 */
const known =
  /(?:^|\/node_modules\/)(?:@babel\/(?:preset|plugin)-[\w-]+$|@vitejs\/plugin-react\/dist\/reactCompilerBabelPreset\.js$|babel-plugin-react-compiler$)/

/** Names a module of the runtime by where it is found from the working directory. */
const exceptions = /plugin-transform-runtime$/

/** Options of Babel that are no path and no glob. */
const harmless = new Set(
  (
    'assumptions ast caller code comments compact generatorOpts highlightCode inputSourceMap ' +
    'minified parserOpts retainLines sourceMap sourceMaps sourceType targets ' +
    // of @rolldown/plugin-babel itself
    'runtimeVersion parallel'
  ).split(' '),
)

/**
 * True for options that give the same result in whichever folder Babel runs.
 *
 * @param parts where objects stand that the options share with others
 * @param looksForConfigs Babel does unless it is told not to
 */
function isFreeBabel(options: unknown, parts: unknown, looksForConfigs: boolean): boolean {
  const all = recordOf(followed(options, parts))
  const { babelrc, configFile, plugins, presets, include, exclude, ...rest } = all
  if (looksForConfigs && (babelrc !== false || configFile !== false)) return false
  return (
    [plugins, presets].every((items) => areKnown(items, parts)) &&
    [include, exclude].every(holdsNoText) &&
    Object.entries(rest).every(
      ([label, value]) => value === undefined || (harmless.has(label) && isPlain(value)),
    )
  )
}

function areKnown(given: unknown, parts: unknown): boolean {
  const items = followed(given, parts)
  return (
    items === undefined || (Array.isArray(items) && items.every((item) => isKnown(item, parts)))
  )
}

/** `'name'`, `['name', options]`, or what @rolldown/plugin-babel takes: `{ preset, rolldown }`. */
function isKnown(given: unknown, parts: unknown): boolean {
  const item = followed(given, parts)
  const { preset, rolldown } = recordOf(item)
  // its filters decide whether it is used, by the module's code and id
  if (preset !== undefined) return rolldown !== undefined && isKnown(preset, parts)
  const [name, options] = [item].flat()
  return (
    typeof name === 'string' && known.test(name) && !exceptions.test(name) && isFreeOption(options)
  )
}

/** Options of presets that are paths: of preset-env, where it starts to look for a config. */
function isFreeOption(options: unknown): boolean {
  const labels = Object.keys(recordOf(options))
  return isPlain(options) && !labels.some((label) => /path|file|dir|root|cwd/i.test(label))
}

/** browserslist's config: `toolFiles` of babel.ts names all that there are. */
const looks = /^\.?browsers?list(?:rc)?$/

/** What a free instance holds of the config is nothing. */
const blindTo = ['resolve', 'css', 'build', 'base', 'define', 'env']

export const rollupBabelProjects: ProjectUse = {
  isFree: ({ parts }) =>
    parts['customOptions'] === null &&
    Object.keys(recordOf(parts['overrides'])).length === 0 &&
    isFreeBabel(parts['babelOptions'], parts, true),
  looks,
  blindTo,
}

/** Its source turns config files off. */
export const rolldownBabelProjects: ProjectUse = {
  isFree: ({ parts }) =>
    parts['rawOptions'] !== undefined &&
    [parts['rawOptions'], parts['configFilteredOptions']].every((options) =>
      isFreeBabel(options, parts, false),
    ),
  looks,
  blindTo,
}

/** Its own plugins, and the ids that SSR and hot updates give components, of the path from the root. */
export const vueJsxProjects: ProjectUse = {
  isFree: ({ parts, root }) =>
    parts['root'] === root &&
    [parts['babelPlugins'], parts['include'], parts['exclude']].every(holdsNoText) &&
    [parts['babelPluginOptions'], parts['tsPluginOptions']].every(isPlain),
  parts: ['root'],
  byPath: true,
  looks,
  blindTo,
}
