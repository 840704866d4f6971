import { types } from 'node:util'
import { knownObjects } from './known.ts'
import { leafOf } from './leaves.ts'
import { kindLeftOut } from './leftOut.ts'
import { relocation } from './relocate.ts'
import type { Branch } from './scene.ts'
import { isNamespace } from './values.ts'
import { refOf } from './vueRefs.ts'
import type { WalkOptions } from './walkOptions.ts'

/** An object that has its place in the tree but is not filled in yet. */
export interface Open {
  readonly value: object
  readonly path: string
  readonly out: Branch | unknown[]
}

/** Gives each value its place in the tree, and collects what has to be filled in. */
export interface Placing {
  place(value: unknown, path: string): unknown
  relocate(text: string): string
  /** Where an object stands; undefined where it has no place so far. */
  pathOf(value: object): string | undefined
  /** Objects placed since the last call. */
  take(): readonly Open[]
  /** Objects placed so far. */
  count(): number
  /** CommonJS files of installed packages whose exports were met. */
  readonly files: Set<string>
}

export function createPlacing(options: WalkOptions): Placing {
  const known = (options.inspector?.known ?? knownObjects())()
  const relocate = relocation(options.root)
  const seen = new Map<object, string>()
  const files = new Set<string>()
  let opened: Open[] = []

  /** The mark that stands for an object which is not entered. */
  const markOf = (value: object): unknown => {
    const opaque = options.opaque?.get(value)
    if (opaque !== undefined) return { $opaque: opaque }
    const name = known(value)
    if (name?.file) files.add(name.file)
    if (name) return { $known: name.label }
    if (types.isProxy(value)) return undefined
    if (options.hidden && (types.isPromise(value) || types.isWeakMap(value))) return undefined
    const kind = isNamespace(value) ? undefined : kindLeftOut(value)
    return kind === undefined ? undefined : { $skipped: kind }
  }

  const place = (given: unknown, path: string): unknown => {
    const plain = leafOf(given, { relocate, digest: options.digest })
    if (plain) return plain.leaf
    const value =
      typeof given === 'function' ? (options.original?.(given) ?? given) : (given as object)
    const mark = markOf(value)
    if (mark) return mark
    const ref = types.isProxy(value) ? undefined : refOf(value)
    if (ref) return place(ref.value, path)
    const met = seen.get(value)
    if (met !== undefined) return { $same: met }
    seen.set(value, path)
    const out = Array.isArray(value) && !types.isProxy(value) ? [] : {}
    opened.push({ value, path, out })
    return out
  }

  return {
    place,
    relocate,
    pathOf: (value) => seen.get(value),
    files,
    count: () => seen.size,
    take() {
      const taken = opened
      opened = []
      return taken
    },
  }
}
