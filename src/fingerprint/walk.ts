import { types } from 'node:util'
import { mayHavePrivates } from './classes.ts'
import { fillArray, fillObject } from './contents.ts'
import { fillFunction } from './functions.ts'
import type { Inside, Inspector } from './inspector.ts'
import { knownObjects } from './known.ts'
import { leafOf } from './leaves.ts'
import { kindLeftOut } from './leftOut.ts'
import { relocation } from './relocate.ts'
import type { Branch, Scene } from './scene.ts'
import { dataOf, isNamespace, isObject, sourceOf } from './values.ts'
import { refOf } from './vueRefs.ts'
import type { Visibility } from './visible.ts'

export interface WalkOptions {
  /** Canonical digest of plain data: typed, order-free over labels. */
  readonly digest: (value: unknown) => string
  /** Absolute path of the workspace; becomes `<root>` in every text, so that another checkout reads the same. */
  readonly root: string
  /** Without one, functions can't be read and make the result `unreadable`. */
  readonly inspector: Inspector | undefined
  /** Objects that have a view of their own (resolved config, server, environment) → the label put in their place. */
  readonly opaque?: ReadonlyMap<object, string> | undefined
  /** Gives the original of a function that was swapped, and every other function as it is. */
  readonly original?: ((fn: object) => object) | undefined
  readonly limits?: Partial<Limits> | undefined
}

export interface Limits {
  /** Objects and functions entered, at about 0.05 ms each. @default 5_000 */
  readonly objects: number
  /** Steps from the root. @default 64 */
  readonly depth: number
  /** Milliseconds; a stop for what the other bounds did not foresee. @default 1_000 */
  readonly ms: number
}

const LIMITS: Limits = { objects: 5_000, depth: 64, ms: 1_000 }

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

interface Open {
  readonly value: object
  readonly path: string
  readonly out: Branch | unknown[]
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
  { visibility, hoisted }: Surroundings,
): Walked {
  const limits = { ...LIMITS, ...options.limits }
  const start = performance.now()
  const known = (options.inspector?.known ?? knownObjects())()
  const relocate = relocation(options.root)
  const seen = new Map<object, string>()
  const scriptIds = new Set<string>()
  const files = new Set<string>()
  const strangers: object[] = []
  let unreadable: string | undefined
  let next: Open[] = []
  let insides: ReadonlyMap<object, Inside | undefined> = new Map()

  const scene: Scene = {
    digest: options.digest,
    relocate,
    visibility,
    hoisted,
    ownArrows: new Set(),
    madeByOpaque: (source) =>
      [...(options.opaque?.keys() ?? [])].some((holder) => methodsOf(holder).some((text) => text.includes(source))),
    inside: (value) => insides.get(value),
    fail: (reason) => void (unreadable ??= reason),
    module(namespace) {
      const member = Reflect.ownKeys(namespace).find((key) => typeof dataOf(namespace, key) === 'function')
      if (member !== undefined) strangers.push(dataOf(namespace, member) as object)
      return { $module: options.digest(Reflect.ownKeys(namespace).map(String).toSorted()) }
    },
    place(given, path) {
      const plain = leafOf(given, scene)
      if (plain) return plain.leaf
      const value = typeof given === 'function' ? (options.original?.(given) ?? given) : (given as object)
      const opaque = options.opaque?.get(value)
      if (opaque !== undefined) return { $opaque: opaque }
      const name = known(value)
      if (name?.file) files.add(name.file)
      if (name) return { $known: name.label }
      if (isNamespace(value)) return scene.module(value)
      const kind = kindLeftOut(value)
      if (kind !== undefined) return { $skipped: kind }
      const ref = refOf(value)
      if (ref) return scene.place(ref.value, path)
      const met = seen.get(value)
      if (met !== undefined) return { $same: met }
      seen.set(value, path)
      const out = Array.isArray(value) && !types.isProxy(value) ? [] : {}
      next.push({ value, path, out })
      return out
    },
  }

  const parts: Branch = {}
  for (const label of Object.keys(values).toSorted()) parts[label] = scene.place(values[label], label)
  for (let depth = 1; next.length > 0; depth++) {
    const level = next
    next = []
    insides = lookInside(level, options.inspector)
    for (const { scriptId } of [...insides.values()].filter((inside) => inside !== undefined))
      if (scriptId) scriptIds.add(scriptId)
    for (const open of level) {
      fill(open, scene)
      const over = beyond(limits, seen.size, depth, performance.now() - start)
      if (!over) continue
      scene.fail(`${open.path}: over the bound of ${over}`)
      return { parts: {}, unreadable, scriptIds, files }
    }
  }
  for (const inside of options.inspector?.look(strangers) ?? [])
    if (inside?.scriptId) scriptIds.add(inside.scriptId)
  return { parts, unreadable, scriptIds, files }
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
