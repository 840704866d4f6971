import type { Branch, Scene } from './scene.ts'
import { isNative, mentionsOf } from './source.ts'
import { child } from './paths.ts'
import { dataOf, sourceOf } from './values.ts'

/**
 * Notes what an object inherits: its class as a function, or its prototype
 * where there is no class. Plain objects and V8's own classes add nothing.
 */
export function fillClass(value: object, out: Branch, path: string, scene: Scene): void {
  const prototype = Object.getPrototypeOf(value) as object | null
  if (prototype === null || isPlain(prototype)) return
  const constructor = ownClass(prototype)
  if (!constructor) {
    out['$proto'] = scene.place(prototype, child(path, '$proto'))
    return
  }
  out['$class'] = scene.place(constructor, child(path, '$class'))
  for (const key of Object.keys(value)) {
    const held = dataOf(value, key)
    if (typeof held === 'function' && isFieldOf(held, constructor)) scene.ownArrows.add(held)
  }
}

/** `Object.prototype` and its like, also of another realm (configs that run in a `vm` context). */
function isPlain(prototype: object): boolean {
  if (Object.getPrototypeOf(prototype) !== null) return false
  const constructor = ownClass(prototype)
  return constructor !== undefined && isNative(sourceOf(constructor))
}

function ownClass(prototype: object): object | undefined {
  const constructor = dataOf(prototype, 'constructor')
  if (typeof constructor !== 'function') return undefined
  return dataOf(constructor, 'prototype') === prototype ? constructor : undefined
}

/** An arrow function in a class field: the `this` it keeps is the instance. */
function isFieldOf(fn: object, constructor: object): boolean {
  const source = sourceOf(fn)
  return (
    mentionsOf(source).capturesThis && lineage(constructor).some((text) => text.includes(source))
  )
}

/** Are there `#private` fields that only V8 can show? */
export function mayHavePrivates(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null
  const constructor = prototype && ownClass(prototype)
  return !!constructor && lineage(constructor).some((text) => text.includes('#'))
}

/** The texts of a class and of those it extends. */
function lineage(constructor: object): string[] {
  const texts: string[] = []
  for (
    let at: object | null = constructor;
    typeof at === 'function' && !isNative(sourceOf(at));
    at = Object.getPrototypeOf(at) as object | null
  )
    texts.push(sourceOf(at))
  return texts
}
