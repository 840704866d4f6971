import fs from 'node:fs'
import path from 'node:path'
import { browserslistEnv } from '../browserslist.ts'
import { withExtended } from '../extended.ts'
import { withoutQuery } from '../moduleId.ts'
import { type CachePolicy, hasLabel, type PolicyCall, type PolicyPlace } from '../policy.ts'
import { upward, upwardBeyond } from '../upward.ts'

// Taken once, for these properties of `fs` are observed while hooks run.
const { existsSync, readFileSync } = fs

/** Looked for natively from each module up (`.swcrc`; browserslist's for `env`), or by load-tsconfig. */
const names = ['.swcrc', 'tsconfig.json', '.browserslistrc', 'browserslist', 'package.json']

/**
 * What makes swc read more files natively, in options and in `.swcrc`: imports that it resolves
 * (`paths`), WebAssembly plugins, another config file, variables that it puts into code.
 */
const unseen = ['paths', 'plugins', 'configFile', 'envs']

function refuseParts(parts: Readonly<Record<string, unknown>>): string | undefined {
  const found = unseen.find((label) => hasLabel(parts['options'], label))
  return found && `swc reads files for ${found} that can't be seen`
}

/** The module's own folder and those above it that have a `.swcrc`. */
function swcrcs(file: string): string[] {
  const found: string[] = []
  for (let dir = path.dirname(file); ; dir = path.dirname(dir)) {
    const config = path.join(dir, '.swcrc')
    if (existsSync(config)) found.push(config)
    if (dir === path.dirname(dir)) return found
  }
}

function refuseCode(_code: string, { id, code = '' }: PolicyCall): string | undefined {
  // swc reads the map that a comment names
  if (code.includes('sourceMappingURL=')) return 'swc reads a source map natively'
  const file = withoutQuery(id)
  const pattern = new RegExp(`["'](?:${unseen.join('|')})["']`)
  return path.isAbsolute(file) &&
    swcrcs(file).some((each) => pattern.test(readFileSync(each, 'utf8')))
    ? 'swc reads files for its .swcrc that can not be seen'
    : undefined
}

/** Both @rollup/plugin-swc and unplugin-swc have this name. Native: tracing sees no file of it. */
export const swc: CachePolicy = {
  verdict: 'cache',
  plugin: 'swc',
  // `renderChunk` of unplugin-swc looks for configs beside an output file
  hooks: ['transform'],
  packages: ['unplugin-swc', '@rollup/plugin-swc', '@swc/core', 'browserslist', 'caniuse-lite'],
  checked: 'unplugin-swc 2.0.0, @rollup/plugin-swc 0.4.1, @swc/core 1.16.22',
  why: 'compiles each module by itself, natively',
  inputsSay:
    '`.swcrc`, `tsconfig.json` and browserslist configs from the module up, with those they extend',
  except:
    'with options that make it read more files (`paths`, `plugins`, `configFile`, `envs`); code that names a source map',
  state: 'none',
  paths: 'visible',
  settingsOnly: true,
  // read natively
  env: ['NODE_ENV', 'SWC_ENV', ...browserslistEnv],
  configFiles: (place: PolicyPlace) => withExtended(upward(names, place.root, place)),
  refuseParts,
  refuseCode,
  lookScope: (file) => (names.includes(path.basename(file)) ? 'named' : 'plugin'),
  declinesById: true,
  inputs({ id }, _watched, place) {
    const file = withoutQuery(id)
    if (!path.isAbsolute(file) || file.includes('/node_modules/')) return {}
    const nearer = upwardBeyond(names.slice(0, 4), path.dirname(file), place)
    return { files: withExtended(nearer) }
  },
}
