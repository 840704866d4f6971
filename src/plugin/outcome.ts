import type { Effect } from './effects.ts'

/** What a hook call did, as plain data: what the cache stores and a replay repeats. */
export interface Outcome {
  readonly result: unknown
  readonly effects: readonly Effect[]
  /** There when tokens stand for the workspace root in it: where, or anywhere. */
  readonly rooted?: true | readonly TextPath[]
}

/** The way to a text, e.g. `['result', 'meta', 'vite', 'cssScopeTo', 0]`. */
export type TextPath = readonly (string | number)[]

/** A result that can't be stored, and why. */
export class NotStorable {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

const mapFields = [
  'version',
  'file',
  'sourceRoot',
  'sources',
  'sourcesContent',
  'names',
  'mappings',
  'sections',
  'ignoreList',
  'x_google_ignoreList',
  'debugId',
] as const

/**
 * Copies a hook's result to plain data. Which fields are there is kept as it
 * was: hosts tell an absent map from `null`, a string and an object. `ast` is
 * dropped: hosts parse the code again.
 */
export function plainResult(result: unknown): unknown {
  if (result === null || result === undefined || typeof result === 'string') return result
  if (typeof result !== 'object') return new NotStorable(`returned a ${typeof result}`)
  const prototype: unknown = Object.getPrototypeOf(result)
  if (prototype !== Object.prototype && prototype !== null) {
    // its fields may be getters of its class, which a copy loses
    return new NotStorable('returned a class instance')
  }
  const plain: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(result)) {
    if (field === 'ast') continue
    if (field === 'code' && value !== null && value !== undefined && typeof value !== 'string') {
      // Rolldown takes its native MagicString here and reads its map through a channel of its own
      return new NotStorable('returned code that is no string')
    }
    plain[field] = field === 'map' ? plainMap(value) : value
  }
  return plain
}

/**
 * Source maps come as class instances (magic-string, source-map) with getters; hosts read these
 * fields. In the order in which they are there: Vite's dev server writes a map as it comes.
 */
export function plainMap(map: unknown): unknown {
  if (typeof map !== 'object' || map === null) return map
  const plain: Record<string, unknown> = {}
  const own = Object.keys(map).filter((field) => known.has(field))
  for (const field of new Set([...own, ...mapFields])) {
    if (field in map) plain[field] = (map as Record<string, unknown>)[field]
  }
  return plain
}

const known = new Set<string>(mapFields)

export function codeOf(result: unknown): string | undefined {
  if (typeof result === 'string') return result
  const code = (result as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}
