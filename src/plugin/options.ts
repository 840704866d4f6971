import path from 'node:path'
import type { Mode } from '../engine/index.ts'
import { namedParts, type NamedParts } from '../key/index.ts'
import type { HookName } from '../policies/index.ts'
import { resolveShare, type ResolvedShare, type ShareOptions } from '../share/index.ts'
import { wrongEnvironment, wrongOption } from './errors.ts'
import { defaultStoreDir } from './workspace.ts'

/** A plugin by name: exact, by pattern, or with the hooks that are meant. */
export type PluginSelector =
  | string
  | RegExp
  | { readonly plugin: string | RegExp; readonly hooks?: readonly HookName[] }

export interface Options {
  /**
   * Where the store is; relative paths start at the host's root. The environment variable `REMEMBER_DIR` wins.
   * @default '<workspace root>/node_modules/.cache/vite-plugin-remember/v1'
   */
  readonly dir?: string
  /**
   * Remembers plugins that have no policy of their own. Only for plugins whose hooks
   * depend on nothing but their arguments, options and files, and leave nothing behind.
   * @default []
   */
  readonly include?: PluginSelector | readonly PluginSelector[]
  /**
   * Leaves plugins (or some of their hooks) alone. Wins over everything else.
   * @default []
   */
  readonly exclude?: PluginSelector | readonly PluginSelector[]
  /**
   * Parts of plugins (`'*'`: of all plugins) that join no key, by the paths that the build
   * names: `{ 'my-plugin': ['options.stamp'] }`. For values that differ in every build and
   * reach no module: results that were made with another value are reused.
   * @default {}
   */
  readonly ignore?: Readonly<Record<string, string | readonly string[]>>
  /**
   * Your own labelled plain data; joins every key, so that a change recomputes everything.
   * @default {}
   */
  readonly extra?: NamedParts
  /**
   * Files and globs (relative to the host's root) whose content joins every key.
   * @default []
   */
  readonly inputs?: string | readonly string[]
  /**
   * Labels for what this build stores or reuses, for `remember ls` and `remember clear`.
   * @default []
   */
  readonly tags?: readonly string[]
  /**
   * `readwrite` reuses and stores; `readonly` only reuses; `refresh` recomputes and stores anew;
   * `verify` recomputes what it could reuse and compares; `off` does nothing.
   * The environment variable `REMEMBER` wins.
   * @default 'readwrite'
   */
  readonly mode?: Mode
  /**
   * Share (0 to 1) of the reused calls that are computed again and compared, chosen at random by
   * each build: `0.01` keeps an eye on a cache that lives long. What differs is reported and
   * withdrawn, as in mode `verify`.
   * @default 0
   */
  readonly verify?: number
  /**
   * Largest size of the store in bytes; what was not used for longest goes first.
   * @default 2147483648 (2 GiB)
   */
  readonly maxSize?: number
  /**
   * Milliseconds after which what was not used is dropped.
   * @default 2592000000 (30 days)
   */
  readonly maxAge?: number
  /**
   * What is said at the end of a build: `'line'` (or `true`), `'verbose'` for a table of the plugins
   * and advice besides, `false` for nothing.
   * @default 'line'
   */
  readonly summary?: boolean | 'line' | 'verbose'
  /**
   * The page at `/__remember/` of Vite's dev server, which shows what was reused and why the rest
   * was not. It does nothing until somebody opens it. `false` leaves it out.
   * @default true
   */
  readonly inspector?: boolean
  /**
   * Shares results with other machines: the URL of a cache, or more about it (docs/sharing.md).
   * `REMEMBER_REMOTE` wins.
   * @default nothing is shared
   */
  readonly share?: string | ShareOptions
}

export interface Selector {
  readonly plugin: string | RegExp
  /** Undefined means all. */
  readonly hooks: readonly HookName[] | undefined
}

/** All decided but the folder, whose default needs the host's root. */
export interface ResolvedOptions {
  readonly dir: string | undefined
  readonly include: readonly Selector[]
  readonly exclude: readonly Selector[]
  readonly ignore: Readonly<Record<string, readonly string[]>>
  readonly extra: NamedParts
  readonly inputs: readonly string[]
  readonly tags: readonly string[]
  readonly mode: Mode
  readonly verify: number
  readonly maxSize: number
  readonly maxAge: number
  readonly summary: false | 'line' | 'verbose'
  readonly inspector: boolean
  /** Undefined where nothing is shared. */
  readonly share: ResolvedShare | undefined
}

const modes = ['readwrite', 'readonly', 'refresh', 'verify', 'off'] as const
const hooks = ['load', 'transform', 'renderChunk'] as const
const gibibyte = 1024 ** 3
const day = 24 * 60 * 60 * 1000

const known = new Set<string>([
  'dir',
  'include',
  'exclude',
  'ignore',
  'extra',
  'inputs',
  'tags',
  'mode',
  'verify',
  'maxSize',
  'maxAge',
  'summary',
  'inspector',
  'share',
])

/**
 * Checks the options and decides every default.
 *
 * @throws RememberError that names the option, what came and what is allowed.
 */
export function resolveOptions(
  options: Options = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): ResolvedOptions {
  const given = namedParts(options, 'options') as Options
  for (const name of Object.keys(given)) {
    if (!known.has(name)) throw wrongOption(name, undefined, `one of ${[...known].join(', ')}`)
  }
  return {
    dir: env['REMEMBER_DIR'] || checkString('dir', given.dir),
    include: selectors('include', given.include),
    exclude: selectors('exclude', given.exclude),
    ignore: ignored(given.ignore),
    extra: namedParts(given.extra, 'extra'),
    inputs: strings('inputs', typeof given.inputs === 'string' ? [given.inputs] : given.inputs),
    tags: strings('tags', given.tags),
    mode: modeFrom(env['REMEMBER'], given.mode),
    verify: share('verify', given.verify),
    maxSize: positive('maxSize', given.maxSize, 2 * gibibyte),
    maxAge: positive('maxAge', given.maxAge, 30 * day),
    summary: summary(given.summary),
    inspector: checkBoolean('inspector', given.inspector, true),
    share: resolveShare(given.share, env),
  }
}

/** The folder of the store for one build. */
export function storeDir(options: ResolvedOptions, root: string, workspaceRoot: string): string {
  if (options.dir !== undefined) return path.resolve(root, options.dir)
  return defaultStoreDir(workspaceRoot)
}

function modeFrom(fromEnv: string | undefined, given: Mode | undefined): Mode {
  if (fromEnv) {
    if (!modes.includes(fromEnv as Mode)) throw wrongEnvironment('REMEMBER', fromEnv, modes)
    return fromEnv as Mode
  }
  if (given !== undefined && !modes.includes(given)) {
    throw wrongOption('mode', given, modes.map((mode) => `'${mode}'`).join(', '))
  }
  return given ?? 'readwrite'
}

function selectors(name: string, given: Options['include']): readonly Selector[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given]
  return list.map((one, index) => selector(`${name}[${index}]`, one))
}

function selector(name: string, given: unknown): Selector {
  if (isPattern(given)) return { plugin: given, hooks: undefined }
  const { plugin, hooks: named } = (given ?? {}) as { plugin?: unknown; hooks?: unknown }
  if (!isPattern(plugin)) {
    throw wrongOption(name, given, "a plugin's name, a RegExp, or { plugin, hooks }")
  }
  if (named === undefined) return { plugin, hooks: undefined }
  if (!Array.isArray(named) || !named.every((hook) => hooks.includes(hook as HookName))) {
    throw wrongOption(`${name}.hooks`, named, "an array of 'load', 'transform' and 'renderChunk'")
  }
  return { plugin, hooks: named as HookName[] }
}

function isPattern(given: unknown): given is string | RegExp {
  return (typeof given === 'string' && given !== '') || given instanceof RegExp
}

function ignored(given: Options['ignore']): ResolvedOptions['ignore'] {
  if (given === undefined) return {}
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw wrongOption('ignore', given, "an object such as { 'my-plugin': ['options.stamp'] }")
  }
  return Object.fromEntries(
    Object.entries(given).map(([plugin, paths]) => {
      const name = `ignore[${JSON.stringify(plugin)}]`
      return [plugin, strings(name, typeof paths === 'string' ? [paths] : (paths ?? null))]
    }),
  )
}

function strings(name: string, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return []
  if (!Array.isArray(given) || !given.every((one) => typeof one === 'string' && one !== '')) {
    throw wrongOption(name, given, 'an array of non-empty strings')
  }
  return given as readonly string[]
}

function positive(name: string, given: number | undefined, fallback: number): number {
  if (given === undefined) return fallback
  if (typeof given !== 'number' || !(given > 0)) throw wrongOption(name, given, 'a number above 0')
  return given
}

function share(name: string, given: number | undefined): number {
  if (given === undefined) return 0
  if (typeof given !== 'number' || !(given >= 0 && given <= 1)) {
    throw wrongOption(name, given, 'a share from 0 (none) to 1 (all)')
  }
  return given
}

function checkString(name: string, given: string | undefined): string | undefined {
  if (given !== undefined && (typeof given !== 'string' || given === '')) {
    throw wrongOption(name, given, 'a path')
  }
  return given
}

function checkBoolean(name: string, given: boolean | undefined, fallback: boolean): boolean {
  if (given !== undefined && typeof given !== 'boolean') {
    throw wrongOption(name, given, 'true or false')
  }
  return given ?? fallback
}

function summary(given: Options['summary'] = true): ResolvedOptions['summary'] {
  if (given === true) return 'line'
  if (given === false || given === 'line' || given === 'verbose') return given
  throw wrongOption('summary', given, "true, false, 'line' or 'verbose'")
}
