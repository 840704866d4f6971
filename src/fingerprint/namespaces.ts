import { fillObject } from './contents.ts'
import type { Branch, Scene } from './scene.ts'
import { dataOf } from './values.ts'

/**
 * Fills in what stands for `import * as x`: the names of the exports when the
 * module is of an installed package, whose version stands for it, else the
 * exports themselves. `scene.inside` has to know the module's `memberOf`.
 */
export function fillNamespace(value: object, out: Branch, path: string, scene: Scene): void {
  const member = memberOf(value)
  const location = scene.inside(value)?.location
  if (member && location && scene.visibility?.isLibrary(member, location)) {
    out['$module'] = scene.digest(Reflect.ownKeys(value).map(String).toSorted())
  } else {
    fillObject(value, out, path, scene)
  }
}

/** One of the functions that a module exports: tells which file it is. */
export function memberOf(namespace: object): object | undefined {
  for (const key of Reflect.ownKeys(namespace)) {
    const value = dataOf(namespace, key)
    if (typeof value === 'function') return value
  }
  return undefined
}
