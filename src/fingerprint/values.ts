import { types } from 'node:util'

/** True for what has an identity: objects and functions. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** The value of an own data property; `undefined` for accessors, which might do something, and for exports that are not there yet. */
export function dataOf(object: object, key: PropertyKey): unknown {
  return ownProperty(object, key)?.value
}

/** A namespace throws for an export whose module has not run yet. */
export function ownProperty(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(object, key)
  } catch {
    return undefined
  }
}

/** The first value that the object or its prototypes hold under this key as a data property. */
export function inheritedData(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key)
    if (descriptor) return descriptor.value
  }
  return undefined
}

/** The text of a function, also of one that has its own `toString`. */
export function sourceOf(fn: object): string {
  return Function.prototype.toString.call(fn)
}

/** True for `import * as x`, and for what compilers and module runners make in its likeness. */
export function isNamespace(value: object): boolean {
  return types.isModuleNamespaceObject(value) || dataOf(value, Symbol.toStringTag) === 'Module'
}
