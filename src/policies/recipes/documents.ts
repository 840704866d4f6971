import path from 'node:path'
import { withoutQuery } from '../moduleId.ts'
import { type CachePolicy, replacements } from '../policy.ts'
import { upward, upwardBeyond } from '../upward.ts'

export const mdx: CachePolicy = {
  verdict: 'cache',
  plugin: '@mdx-js/rollup',
  hooks: ['transform'],
  packages: ['@mdx-js/rollup', '@mdx-js/mdx'],
  checked: '@mdx-js/rollup 3.1.1',
  why: 'a pure function of the document and the options; what remark and rehype plugins read is seen',
  state: 'none',
  paths: 'plain',
  blindTo: replacements,
  declinesById: true,
}

const svgrNames = [
  '.svgrrc',
  ...['json', 'yaml', 'yml', 'js', 'ts', 'cjs', 'mjs'].map((extension) => `.svgrrc.${extension}`),
  ...['js', 'ts', 'cjs', 'mjs'].map((extension) => `svgr.config.${extension}`),
  '.prettierrc',
  '.editorconfig',
]

/** Reads the svg itself. Its config is looked for upwards, once per folder and process (cosmiconfig). */
export const svgr: CachePolicy = {
  verdict: 'cache',
  plugin: 'vite-plugin-svgr',
  hooks: ['load'],
  packages: ['vite-plugin-svgr', '@svgr/core', '@svgr/plugin-jsx', '@svgr/plugin-svgo', 'esbuild'],
  checked: 'vite-plugin-svgr 5.2.0',
  why: 'a pure function of the picture, the options and the configs',
  inputsSay:
    '`.svgrrc*`, `svgr.config.*`, `.prettierrc`, `.editorconfig`, upwards from the picture',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  declinesById: true,
  settingsOnly: true,
  lookScope: (file) => (svgrNames.includes(path.basename(file)) ? 'named' : 'plugin'),
  env: [],
  inputs(call, _watched, place) {
    const file = withoutQuery(call.id)
    return path.isAbsolute(file)
      ? { files: upwardBeyond(svgrNames, path.dirname(file), place) }
      : {}
  },
}

/** The set in `~icons/<set>/<icon>` (unplugin-icons 24, `URL_PREFIXES`). */
function iconSetOf(id: string): string | undefined {
  return /^(?:\/?~icons|virtual:icons|virtual\/icons)\/([^/?]+)\//.exec(id)?.[1]
}

/**
 * Icon sets are packages, named here: they are read once in a process, perhaps for
 * another plugin (@iconify/utils 3.1, `_collections`; UnoCSS uses it too). What custom
 * loaders read is seen, but not what one has read when the config made it and holds in a
 * promise, as `ExternalPackageIconLoader` does.
 */
export const unpluginIcons: CachePolicy = {
  verdict: 'cache',
  plugin: 'unplugin-icons',
  hooks: ['load'],
  packages: ['unplugin-icons', '@iconify/utils', '@iconify/json'],
  checked: 'unplugin-icons 24.0.0, 23.0.1',
  why: 'a pure function of the icon set and the options; what custom loaders read is seen',
  inputsSay: 'the version of the icon set',
  except:
    'icons of a custom collection that holds a promise (`ExternalPackageIconLoader`); what `autoInstall` installs, for it prints',
  // `createHMRHelper` of @iconify/utils: `load` notes which module an icon's file belongs to
  notInDev: 'keeps which icons come from which files, for hot updates of modules that have no file',
  state: 'none',
  paths: 'visible',
  blindTo: replacements,
  refuseCall({ id }, { options }) {
    const set = iconSetOf(id)
    // up to version 24 it is asked for every module (`loadInclude`), and has nothing to say
    if (set === undefined) return 'no icon'
    const custom = customCollections(options)?.[set]
    // `$same` stands for what is told elsewhere
    const text = JSON.stringify(custom) ?? ''
    return /"\$skipped":"Promise"|^\{"\$same"/.test(text)
      ? 'custom loader with a promise'
      : undefined
  },
  inputs({ id }, _watched, place) {
    const set = iconSetOf(id)!
    const packages = [`@iconify-json/${set}/icons.json`, `@iconify/json/json/${set}.json`]
    return {
      files: upward(
        packages.map((each) => `node_modules/${each}`),
        place.root,
        place,
      ),
    }
  },
}

function customCollections(options: unknown): Readonly<Record<string, unknown>> | undefined {
  return (options as { customCollections?: Record<string, unknown> } | undefined)?.customCollections
}
