import type { PolicyCall } from './policy.ts'

/** What is known of one plugin instance in one build. */
export interface Instance {
  /** Its own named parts. */
  readonly parts: Readonly<Record<string, unknown>>
  /** The named parts of the host's config. */
  readonly config: Readonly<Record<string, unknown>>
  /** The project's root as named parts have it, e.g. `<root>/apps/shop`. */
  readonly root: string
  /** Config files of the policy that are there. */
  readonly configs: readonly { readonly file: string; readonly content: string }[]
}

/**
 * How results depend on which project of a workspace is built, that is on its root, its public
 * folder and the working directory, as read in the plugin's source.
 */
export interface ProjectUse {
  /** False for an instance that may go by the project all the same. */
  readonly isFree: (instance: Instance) => boolean
  /** False for a call that may, of an instance that is free; asked when it was computed. */
  readonly isFreeCall?: (
    call: PolicyCall,
    watchFiles: readonly string[],
    instance: Instance,
  ) => boolean
  /** Named parts that hold the project's root and nothing else. */
  readonly parts?: readonly string[]
  /** It goes by the path that leads from the project's root to a module. */
  readonly byPath?: true
  /** What it looks at below the project's root by itself, and the key tells more of: paths from there. */
  readonly looks?: RegExp
  /** More sections of the host's config that a free instance never reads. */
  readonly blindTo?: readonly string[]
}

/**
 * Where all look for their tools, from the root: the versions of these are in the key, and so are
 * the settings for tools in a package.json. (`node:` is a name in a stack that somebody took for a
 * path.)
 */
export const toolLooks: RegExp = /^(?:package\.json$|node_modules(?:$|\/)|node:)/

/** Never, whatever its options. */
export const anyProject: ProjectUse = { isFree: () => true }

/** True for a tree of named parts without functions, or anything else that is no plain data or RegExp. */
export function isPlain(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return true
  const labels = Object.keys(tree)
  if (!Array.isArray(tree) && labels.some((label) => label.startsWith('$'))) {
    return labels.every((label) => label === '$regexp' || label === '$known')
  }
  return Object.values(tree).every(isPlain)
}

/** True when no text stands anywhere in a tree of named parts: globs are relative to the working directory. */
export function holdsNoText(tree: unknown): boolean {
  if (typeof tree === 'string') return false
  if (typeof tree !== 'object' || tree === null) return true
  return isPlain(tree) && ('$regexp' in tree || Object.values(tree).every(holdsNoText))
}

/** A record among named parts; empty for what is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** What stands for a value that named parts hold at another place too (`{ $same: 'options.presets[0]' }`). */
export function followed(value: unknown, parts: unknown): unknown {
  const { $same } = recordOf(value)
  if (typeof $same !== 'string') return value
  const steps = $same.split(/[.[\]]+/).filter(Boolean)
  return steps.reduce<unknown>((tree, step) => recordOf(tree)[step], parts)
}
