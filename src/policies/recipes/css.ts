import path from 'node:path'
import { classSources } from '../classSources.ts'
import { browserslistEnv } from '../browserslist.ts'
import { withoutQuery } from '../moduleId.ts'
import { type CachePolicy, type PolicyPlace, replacements } from '../policy.ts'
import { importFolders } from '../styleImports.ts'
import { cssProjects } from './cssProjects.ts'
import { tailwindRefusal } from '../tailwind.ts'
import { upwardBeyond } from '../upward.ts'

const extensions = ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts']

/** Names and order of postcss-load-config as bundled in Vite 8.3.8, and what its usual plugins look for. */
export function postcssConfigFiles(place: PolicyPlace): readonly string[] {
  const names = [
    '.postcssrc',
    ...['json', 'yaml', 'yml', ...extensions].map((extension) => `.postcssrc.${extension}`),
    ...extensions.map((extension) => `postcss.config.${extension}`),
    ...extensions.map((extension) => `tailwind.config.${extension}`),
    '.browserslistrc',
    'browserslist',
    // keys `postcss` and `browserslist`
    'package.json',
  ]
  return upwardBeyond(names, place.root, place)
}

/** As `cssModuleRE` in vite's css.ts. */
const isModule = /\.module\.(?:css|scss|sass|less|styl|stylus|pcss|postcss|sss)(?:$|\?)/

const styleSheet = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss|sss)$/

/**
 * Sass, Less, Stylus and PostCSS. Every dependency is named by `addWatchFile`
 * after compiling; what was looked for and absent is not (Vite 8 resolves
 * natively, Less runs in a worker), so the listings of the folders around the
 * dependencies, and around a sheet that has some, join the inputs: a partial that newly appears is noticed. Style
 * sheets are looked for anew for every sheet that uses them.
 */
export const css: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite:css',
  hooks: ['transform'],
  packages: ['vite', 'sass', 'sass-embedded', 'less', 'stylus', 'postcss', 'lightningcss'],
  checked: 'vite 8.3.8, 7.3.8',
  why: 'names by `addWatchFile` what each sheet depends on',
  inputsSay:
    'PostCSS, Tailwind and browserslist configs, upwards from the root; the listings of the folders around sheets that import others',
  except:
    'sheets that Tailwind works on, and CSS modules composed of files that an alias or a package names',
  state: 'none',
  paths: 'plain',
  tellsPaths: ['plugins', 'importers', 'functions', 'additionalData', 'getJSON'],
  projects: cssProjects,
  // `cssPlugin(config)`: all else that it keeps is made of the config, or a cache
  seesOnlyConfig: true,
  // each compiler gets the text, with the file's name beside it
  goesByCode: () => true,
  blindTo: replacements,
  // sass-embedded is a child process; browserslist's and what PostCSS configs usually ask for
  env: ['NODE_ENV', ...browserslistEnv],
  configFiles: postcssConfigFiles,
  namesFiles: true,
  settingsOnly: true,
  lookScope: (path) => (styleSheet.test(path) ? 'running' : 'plugin'),
  viteStyles: true,
  refuseCode(_code, call, watchFiles) {
    const tailwind = tailwindRefusal(call, watchFiles)
    if (tailwind !== undefined || !isModule.test(call.id)) return tailwind
    return classSources(call, watchFiles) ? undefined : 'classes from a file that nobody names'
  },
  // `urlResolver` of Vite's css.ts adds the time of the asset's last hot update; what is public it knows from memory
  refuseCodeInDev: (code) =>
    /\burl\(|\bimage-set\(/i.test(code)
      ? 'URL of an asset, which may have changed since'
      : undefined,
  inputs(call, watchFiles, place, parts) {
    const file = withoutQuery(call.id)
    const files = isModule.test(call.id) ? classSources(call, watchFiles) : undefined
    const imports =
      watchFiles.length > 0 || /@(?:import|use|forward|require)\b/.test(call.code ?? '')
    const folders = (imports ? [file, ...watchFiles] : []).map((each) => path.dirname(each))
    folders.push(...importFolders(call, watchFiles, place, parts))
    return {
      files: files ?? [],
      folders: folders.filter((folder) => !folder.includes('/node_modules/')),
    }
  },
}
