import { fillPrivates, fillProperties } from './contents.ts'
import type { Bound, Inside } from './inspector.ts'
import { child } from './paths.ts'
import type { Branch, Scene } from './scene.ts'
import { isNative, mentionsOf } from './source.ts'
import { dataOf, sourceOf } from './values.ts'

/** Fills in what stands for a function: its text, its captured variables, its properties, what it inherits. */
export function fillFunction(fn: object, out: Branch, path: string, scene: Scene): void {
  const source = sourceOf(fn)
  const inside = scene.inside(fn)
  fillProperties(fn, out, path, scene)
  if (isNative(source)) return fillNative(fn, inside?.bound, out, path, scene)
  out['$function'] = scene.digest(scene.relocate(source))
  fillInherited(fn, source, out, path, scene)
  if (!inside) return scene.fail(`${path}: its captured variables can't be read`)
  fillPrivates(fn, out, path, scene)
  fillCaptured(fn, source, inside, out, path, scene)
}

function fillNative(
  fn: object,
  bound: Bound | undefined,
  out: Branch,
  path: string,
  { place }: Scene,
): void {
  out['$native'] = dataOf(fn, 'name')
  if (!bound) return
  out['$target'] = place(bound.target, child(path, '$target'))
  out['$this'] = place(bound.self, child(path, '$this'))
  out['$args'] = place(bound.args, child(path, '$args'))
}

function fillCaptured(
  fn: object,
  source: string,
  inside: Inside,
  out: Branch,
  path: string,
  scene: Scene,
): void {
  const mentions = mentionsOf(source)
  if (mentions.capturesThis && !scene.ownArrows.has(fn) && !scene.madeByOpaque(source)) {
    scene.fail(`${path}: an arrow function that keeps a \`this\``)
  }
  const hoisted = scene.hoisted.get(fn)
  if (hoisted) {
    out['$captured'] = hoisted
    return
  }
  const variables = scene.visibility?.of(fn, inside, mentions)
  if (!variables || variables.size === 0) return
  const captured: Branch = {}
  for (const name of [...variables.keys()].toSorted()) {
    captured[name] = scene.place(variables.get(name), child(child(path, '$captured'), name))
  }
  out['$captured'] = captured
}

/** Methods that are not in the text: those of ES5 classes, and those added to a class later. A class's own base is. */
function fillInherited(fn: object, source: string, out: Branch, path: string, scene: Scene): void {
  const base = Object.getPrototypeOf(fn) as object | null
  if (source.startsWith('class') && typeof base === 'function' && base !== Function.prototype) {
    out['$extends'] = scene.place(base, child(path, '$extends'))
  }
  const prototype = dataOf(fn, 'prototype')
  if (typeof prototype !== 'object' || prototype === null) return
  const methods = source.startsWith('class')
    ? Object.keys(prototype)
    : Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor')
  if (methods.length > 0) out['$prototype'] = scene.place(prototype, child(path, '$prototype'))
}
