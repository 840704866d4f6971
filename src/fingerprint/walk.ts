import { types } from 'node:util'
import { mayHavePrivates } from './classes.ts'
import { fillArray, fillObject } from './contents.ts'
import { fillFunction } from './functions.ts'
import type { Inside, Inspector } from './inspector.ts'
import { createPlacing, type Open, type Placing } from './placing.ts'
import type { Branch, Scene } from './scene.ts'
import { dataOf, isNamespace, isObject, sourceOf } from './values.ts'
import type { Visibility } from './visible.ts'
import { type Limits, LIMITS, type WalkOptions } from './walkOptions.ts'

/** What the tree is made of besides the values themselves. */
export interface Surroundings {
  readonly visibility: Visibility | undefined
  readonly hoisted: ReadonlyMap<object, readonly string[]>
}

export interface Walked {
  /** Plain data: what `digest` takes. Empty when a bound was passed: how far the walk came depends on the machine. */
  readonly parts: Record<string, unknown>
  /** Why the parts don't stand for everything, with the path of the first offender. */
  readonly unreadable: string | undefined
  /** Ids of the scripts whose functions were met. */
  readonly scriptIds: ReadonlySet<string>
  /** CommonJS files of installed packages whose exports were met. */
  readonly files: ReadonlySet<string>
}

/**
 * Makes a tree of plain data from labelled values, level by level, labels
 * sorted. An object is written out where it is met first, that is on its
 * shortest path; every other place says `{ $same: path }`. So cycles end, and
 * equal values give equal trees whatever order V8 lists variables in.
 */
export function walk(
  values: Readonly<Record<string, unknown>>,
  options: WalkOptions,
  surroundings: Surroundings,
): Walked {
  const limits = { ...LIMITS, ...options.limits }
  const start = performance.now()
  const placing = createPlacing(options)
  const scriptIds = new Set<string>()
  let unreadable: string | undefined
  const fail = (reason: string): void => void (unreadable ??= reason)
  const end = (parts: Branch): Walked => ({ parts, unreadable, scriptIds, files: placing.files })

  const parts: Branch = {}
  for (const label of Object.keys(values).toSorted()) {
    parts[label] = placing.place(values[label], label)
  }
  const ownArrows = new Set<object>()
  let level = placing.take()
  for (let depth = 1; level.length > 0; depth++, level = placing.take()) {
    const insides = lookInside(level, options.inspector)
    noteScripts(insides.values(), scriptIds)
    const scene = sceneOf({ options, placing, surroundings, insides, ownArrows, fail })
    for (const open of level) {
      fill(open, scene)
      const over = beyond(limits, placing.count(), depth, performance.now() - start)
      if (!over) continue
      fail(`${open.path}: over the bound of ${over}`)
      return end({})
    }
  }
  noteScripts(options.inspector?.look(placing.strangers) ?? [], scriptIds)
  return end(parts)
}

interface Making {
  readonly options: WalkOptions
  readonly placing: Placing
  readonly surroundings: Surroundings
  readonly insides: ReadonlyMap<object, Inside | undefined>
  readonly ownArrows: Set<object>
  readonly fail: (reason: string) => void
}

function sceneOf({ options, placing, surroundings, insides, ownArrows, fail }: Making): Scene {
  const holders = [...(options.opaque?.keys() ?? [])]
  return {
    ...placing,
    ...surroundings,
    digest: options.digest,
    ownArrows,
    fail,
    inside: (value) => insides.get(value),
    madeByOpaque: (source) =>
      holders.some((holder) => methodsOf(holder).some((text) => text.includes(source))),
  }
}

function noteScripts(insides: Iterable<Inside | undefined>, scriptIds: Set<string>): void {
  for (const inside of insides) if (inside?.scriptId) scriptIds.add(inside.scriptId)
}

function methodsOf(holder: object): string[] {
  return Object.keys(holder).flatMap((key) => {
    const member = dataOf(holder, key)
    return typeof member === 'function' ? [sourceOf(member)] : []
  })
}

/** What only V8 can tell of the objects of a level, asked for in one go. */
function lookInside(
  level: readonly Open[],
  inspector: Inspector | undefined,
): ReadonlyMap<object, Inside | undefined> {
  const closed = level.flatMap(({ value }) =>
    typeof value === 'function' || types.isProxy(value) || mayHavePrivates(value) ? [value] : [],
  )
  if (closed.length === 0 || !inspector) return new Map()
  const insides = inspector.look(closed)
  return new Map(closed.map((value, at) => [value, insides[at]]))
}

function fill({ value, path, out }: Open, scene: Scene): void {
  if (types.isProxy(value)) return fillProxy(value, out as Branch, path, scene)
  if (typeof value === 'function') return fillFunction(value, out as Branch, path, scene)
  if (Array.isArray(value)) return fillArray(value, out as unknown[], path, scene)
  fillObject(value, out as Branch, path, scene)
}

/** Vite's module runner hands out imports of CommonJS modules as a Proxy before the namespace. Any other may do anything. */
function fillProxy(value: object, out: Branch, path: string, scene: Scene): void {
  const target = scene.inside(value)?.proxied
  if (isObject(target) && isNamespace(target)) Object.assign(out, scene.module(target))
  else scene.fail(`${path}: a Proxy`)
}

function beyond(limits: Limits, objects: number, depth: number, ms: number): string | undefined {
  if (objects > limits.objects) return `${limits.objects} objects`
  if (depth > limits.depth) return `${limits.depth} steps from the plugin`
  return ms > limits.ms ? `${limits.ms} ms` : undefined
}
