import { types } from 'node:util'
import { mayHavePrivates } from './classes.ts'
import { fillArray, fillObject } from './contents.ts'
import { createWeakEntries, fillPromise } from './hidden.ts'
import { fillFunction } from './functions.ts'
import type { Inside, Inspector, Location } from './inspector.ts'
import { fillNamespace, memberOf } from './namespaces.ts'
import { child } from './paths.ts'
import { createPlacing, type Open, type Placing } from './placing.ts'
import type { Branch, Scene } from './scene.ts'
import { dataOf, isNamespace, isObject, sourceOf } from './values.ts'
import type { Visibility } from './visible.ts'
import { type Limits, LIMITS, type WalkOptions } from './walkOptions.ts'

/** What the tree is made of besides the values themselves. */
export interface Surroundings {
  readonly visibility: Visibility | undefined
  readonly hoisted: ReadonlyMap<object, readonly string[]>
  /** Functions that were looked into before. */
  readonly looked: ReadonlyMap<object, Inside | undefined>
}

export interface Walked {
  /** Plain data: what `digest` takes. Empty when a bound was passed: how far the walk came depends on the machine. */
  readonly parts: Record<string, unknown>
  /** Why the parts don't stand for everything, with the path of the first offender. */
  readonly unreadable: string | undefined
  /** One function of each script of which functions were met, and where it stands. */
  readonly scripts: ReadonlyMap<object, Location>
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
  const start = process.cpuUsage()
  const placing = createPlacing(options)
  const scripts = createScriptList()
  let unreadable: string | undefined
  const fail = (reason: string): void => void (unreadable ??= reason)
  const end = (parts: Branch): Walked => ({
    parts,
    unreadable,
    scripts: scripts.functions(),
    files: placing.files,
  })

  const parts: Branch = {}
  for (const label of Object.keys(values).toSorted()) {
    parts[label] = placing.place(values[label], label)
  }
  const ownArrows = new Set<object>()
  const weak = createWeakEntries(placing)
  let level = placing.take()
  for (let depth = 1; level.length > 0; depth++, level = weak.orElse(placing.take())) {
    const insides = lookInside(level, options.inspector, surroundings.looked)
    for (const [value, inside] of insides) scripts.note(speakerOf(value), inside)
    weak.note(level, insides)
    const scene = sceneOf({ options, placing, surroundings, insides, ownArrows, fail })
    for (const open of level) {
      fill(open, scene)
      const over = beyond(limits, placing.count(), depth, msSince(start))
      if (!over) continue
      fail(`${open.path}: over the bound of ${over}`)
      return end({})
    }
  }
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

/** Keeps the function with the longest text of each script: it is the easiest to find in a file. */
function createScriptList(): {
  note(fn: object | undefined, inside: Inside | undefined): void
  functions(): ReadonlyMap<object, Location>
} {
  const byScript = new Map<string, { fn: object; location: Location; length: number }>()
  return {
    note(fn, inside) {
      if (!fn || !inside?.location) return
      const { length } = sourceOf(fn)
      const known = byScript.get(inside.location.scriptId)
      if (known && known.length >= length) return
      byScript.set(inside.location.scriptId, { fn, location: inside.location, length })
    },
    functions: () =>
      new Map(Array.from(byScript.values(), ({ fn, location }) => [fn, location] as const)),
  }
}

function methodsOf(holder: object): string[] {
  if (types.isProxy(holder)) return []
  return Object.keys(holder).flatMap((key) => {
    const member = dataOf(holder, key)
    return typeof member === 'function' ? [sourceOf(member)] : []
  })
}

/** The function that V8 is asked about in place of a value: one of its own for the namespace of a module. */
function speakerOf(value: object): object | undefined {
  if (types.isProxy(value) || typeof value === 'function') return value
  if (isNamespace(value)) return memberOf(value)
  if (types.isPromise(value) || types.isWeakMap(value)) return value
  return mayHavePrivates(value) ? value : undefined
}

/** What only V8 can tell of the objects of a level, asked for in one go. */
function lookInside(
  level: readonly Open[],
  inspector: Inspector | undefined,
  looked: ReadonlyMap<object, Inside | undefined>,
): ReadonlyMap<object, Inside | undefined> {
  const speakers = new Map<object, object>()
  for (const { value } of level) {
    const speaker = speakerOf(value)
    if (speaker) speakers.set(value, speaker)
  }
  const unseen = [...speakers.values()].filter((speaker) => !looked.has(speaker))
  const insides = unseen.length === 0 ? [] : (inspector?.look(unseen) ?? [])
  const answers = new Map(unseen.map((speaker, at) => [speaker, insides[at]]))
  return new Map(
    Array.from(speakers, ([value, speaker]) => [
      value,
      answers.get(speaker) ?? looked.get(speaker),
    ]),
  )
}

function fill({ value, path, out }: Open, scene: Scene): void {
  if (types.isProxy(value)) return fillProxy(value, out as Branch, path, scene)
  if (typeof value === 'function') return fillFunction(value, out as Branch, path, scene)
  if (isNamespace(value)) return fillNamespace(value, out as Branch, path, scene)
  if (Array.isArray(value)) return fillArray(value, out as unknown[], path, scene)
  if (types.isPromise(value)) fillPromise(value, out as Branch, path, scene)
  fillObject(value, out as Branch, path, scene)
}

/** Vite's module runner hands out imports of CommonJS modules as a Proxy before the namespace. Any other may do anything. */
function fillProxy(value: object, out: Branch, path: string, scene: Scene): void {
  const target = scene.inside(value)?.proxied
  if (isObject(target) && !types.isProxy(target) && isNamespace(target)) {
    out['$target'] = scene.place(target, child(path, '$target'))
  } else scene.fail(`${path}: a Proxy`)
}

/** Of the processor: on a busy machine everything takes long. */
function msSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function beyond(limits: Limits, objects: number, depth: number, ms: number): string | undefined {
  if (objects > limits.objects) return `${limits.objects} objects`
  if (depth > limits.depth) return `${limits.depth} steps from the plugin`
  return ms > limits.ms ? `${limits.ms} ms` : undefined
}
