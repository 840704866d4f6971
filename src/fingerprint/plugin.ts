import { types } from 'node:util'
import { CONFIG, isOfVite } from './configMembers.ts'
import { isLibraryUrl, packageDir, pathOf } from './locality.ts'
import { mentionsOf } from './source.ts'
import { dataOf, isObject, sourceOf } from './values.ts'
import { visibility } from './visible.ts'
import { walk, type Walked } from './walk.ts'
import type { WalkOptions } from './walkOptions.ts'

export interface Fingerprint {
  /** Plain data: what `digest` takes. When it is unreadable: the rest of it, or empty over a bound. */
  readonly parts: Record<string, unknown>
  /** Why the parts don't stand for everything, with the path of the first offender. */
  readonly unreadable: string | undefined
  /** Files of installed packages whose code was met, one per package: their versions belong to the key. */
  readonly libraryFiles: readonly string[]
  /** Functions of the user's own were met. */
  readonly hasLocalCode: boolean
  readonly spentMs: number
}

export interface PluginWalkOptions extends WalkOptions {
  /**
   * The plugin is a known one of an installed package: its own modules are left
   * out, for the package's version stands for them. Those of an unknown plugin
   * are read like local files, because a module may keep options for itself, and
   * so are the values that promises and weak maps hold.
   */
  readonly knownLibraryPlugin?: boolean | undefined
}

/**
 * The named parts of one plugin instance: its own properties under `plugin`,
 * and each variable that its hooks captured under its own name, e.g.
 * `options.template.compilerOptions.whitespace`. Calls nothing of the plugin.
 */
export function walkPlugin(plugin: object, options: PluginWalkOptions): Fingerprint {
  const start = performance.now()
  const hooks = hooksOf(plugin, options)
  const insides = options.inspector?.look(hooks.map(({ fn }) => fn)) ?? []
  const own = options.knownLibraryPlugin
    ? []
    : insides.flatMap((inside) => inside?.location?.scriptId ?? [])
  const sight = options.inspector && visibility(options.inspector, new Set(own))
  const values: Record<string, unknown> = { plugin }
  const hoisted = new Map<object, readonly string[]>()
  hooks.forEach(({ name, fn }, at) => {
    const inside = insides[at]
    if (inside && sight)
      hoisted.set(fn, hoist(name, sight.of(fn, inside, mentionsOf(sourceOf(fn))), values))
  })
  const looked = new Map(hooks.map(({ fn }, at) => [fn, insides[at]]))
  const opaque = withMembers(options.opaque ?? new Map())
  const hidden = !options.knownLibraryPlugin
  const walked = walk(
    values,
    { ...options, opaque, hidden },
    { visibility: sight, hoisted, looked },
  )
  return finish(walked, options, start)
}

/** The same for any labelled values, e.g. a part of the host's config. */
export function walkParts(
  values: Readonly<Record<string, unknown>>,
  options: WalkOptions,
): Fingerprint {
  const start = performance.now()
  const sight = options.inspector && visibility(options.inspector, new Set())
  const walked = walk(values, options, { visibility: sight, hoisted: new Map(), looked: new Map() })
  return finish(walked, options, start)
}

/** A plugin that keeps `config.build` or `config.createResolver` sees no more than one that keeps the config. */
function withMembers(opaque: ReadonlyMap<object, string>): ReadonlyMap<object, string> {
  const labels = new Map<object, string>()
  for (const [holder, label] of opaque) {
    for (const key of types.isProxy(holder) ? [] : Object.keys(holder)) {
      if (label === CONFIG && !isOfVite(key)) continue
      const member = dataOf(holder, key)
      if (isObject(member)) labels.set(member, `${label}.${key}`)
    }
  }
  return new Map([...labels, ...opaque])
}

interface Hook {
  readonly name: string
  readonly fn: object
}

/** The functions on the plugin itself: `transform`, `load.handler` … in order of their names. */
function hooksOf(plugin: object, { original }: WalkOptions): Hook[] {
  if (types.isProxy(plugin)) return []
  return Object.keys(plugin)
    .toSorted()
    .flatMap((name) => {
      const hook = dataOf(plugin, name)
      const isRecord = typeof hook === 'object' && hook !== null && !types.isProxy(hook)
      const fn = isRecord ? dataOf(hook, 'handler') : hook
      return typeof fn === 'function' ? [{ name, fn: original?.(fn) ?? fn }] : []
    })
}

/** Puts a hook's variables beside those of the other hooks and gives their labels: one name may stand for two values. */
function hoist(
  hook: string,
  variables: ReadonlyMap<string, unknown>,
  values: Record<string, unknown>,
): string[] {
  return [...variables]
    .map(([name, value]) => {
      if (value === values['plugin']) return 'plugin'
      const free = !Object.hasOwn(values, name) || Object.is(values[name], value)
      const label = free ? name : `${name} (${hook})`
      values[label] = value
      return label
    })
    .toSorted()
}

function finish(
  { parts, unreadable, files, scripts }: Walked,
  { inspector }: WalkOptions,
  start: number,
): Fingerprint {
  const urls = Array.from(scripts, ([fn, location]) => inspector?.scriptUrl(location, fn) ?? '')
  const paths = [...files, ...urls.map(pathOf)]
  const byPackage = new Map(
    paths.toSorted().flatMap((path) => {
      const dir = packageDir(path)
      return dir ? [[dir, path]] : []
    }),
  )
  return {
    parts,
    unreadable,
    libraryFiles: [...byPackage.values()],
    hasLocalCode: urls.some((url) => !isLibraryUrl(url)),
    spentMs: performance.now() - start,
  }
}
