import { types } from 'node:util'
import { fillClass } from './classes.ts'
import { child, escapedLabel } from './paths.ts'
import type { Branch, Scene } from './scene.ts'
import { ownProperty, sourceOf } from './values.ts'

/** Fills in the elements of an array. */
export function fillArray(
  value: readonly unknown[],
  out: unknown[],
  path: string,
  scene: Scene,
): void {
  for (let at = 0; at < value.length; at++) {
    out.push(property(value, String(at), child(path, at), scene))
  }
}

/** Fills in what an object other than a function or an array holds. */
export function fillObject(value: object, out: Branch, path: string, scene: Scene): void {
  if (types.isMap(value)) fillMap(value, out, path, scene)
  if (types.isSet(value)) fillSet(value, out, path, scene)
  fillClass(value, out, path, scene)
  for (const key of sortedKeys(value)) {
    if (key === 'stack' && types.isNativeError(value)) continue
    const label = labelOf(key)
    out[escapedLabel(scene.relocate(label))] = property(value, key, child(path, label), scene)
  }
  fillPrivates(value, out, path, scene)
}

function sortedKeys(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).toSorted((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1))
}

function labelOf(key: PropertyKey): string {
  return typeof key === 'symbol' ? `@@${key.description ?? ''}` : String(key)
}

/** Own enumerable properties of a function. */
export function fillProperties(value: object, out: Branch, path: string, scene: Scene): void {
  for (const key of Object.keys(value).toSorted()) {
    out[escapedLabel(key)] = property(value, key, child(path, key), scene)
  }
}

export function fillPrivates(value: object, out: Branch, path: string, scene: Scene): void {
  const privates = scene.inside(value)?.privates ?? {}
  for (const [name, held] of Object.entries(privates)) {
    out[name] = scene.place(held, child(path, name))
  }
}

/** Never calls a getter: its text and what it captured stand for what it would give. */
function property(holder: object, key: PropertyKey, path: string, scene: Scene): unknown {
  const descriptor = ownProperty(holder, key)
  if (!descriptor) return undefined
  if (!descriptor.get) return scene.place(descriptor.value, path)
  if (ofVite.test(sourceOf(descriptor.get))) return { $getter: 'vite' }
  return { $getter: scene.place(descriptor.get, child(path, '$getter')) }
}

/** Vite 8 puts accessors on hook objects (`wrapHookObject` in its build.ts): they tell when a hook is called, not what it does. */
const ofVite = /^get\(\) \{\s*return wrappedHookMap\.get\(hook\)\[0\]\.(?:filter|order);\s*\}$/

/** Entries under their keys; keys with an identity have no name, so these keep their order. */
function fillMap(
  value: ReadonlyMap<unknown, unknown>,
  out: Branch,
  path: string,
  scene: Scene,
): void {
  const named: Branch = {}
  const others: unknown[] = []
  Map.prototype.forEach.call(value, (held, key) => {
    const label = nameOf(key, scene)
    if (label !== undefined) named[label] = scene.place(held, child(path, label))
    else {
      const at = child(path, others.length)
      others.push([scene.place(key, child(at, 0)), scene.place(held, child(at, 1))])
    }
  })
  out['$map'] = named
  if (others.length > 0) out['$entries'] = others
}

function fillSet(value: ReadonlySet<unknown>, out: Branch, path: string, scene: Scene): void {
  const named: string[] = []
  const others: unknown[] = []
  Set.prototype.forEach.call(value, (held) => {
    const label = nameOf(held, scene)
    if (label === undefined) others.push(scene.place(held, child(path, others.length)))
    else named.push(label)
  })
  out['$set'] = named.toSorted()
  if (others.length > 0) out['$members'] = others
}

/** `a` → `a`, `1` → `$number:1`; `undefined` for objects and symbols. */
function nameOf(key: unknown, { relocate }: Scene): string | undefined {
  if (typeof key === 'string') return escapedLabel(relocate(key))
  if (typeof key === 'symbol' || (typeof key === 'object' && key !== null)) return undefined
  return typeof key === 'function' ? undefined : `$${typeof key}:${String(key)}`
}
