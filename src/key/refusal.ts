import { types } from 'node:util'
import { cyclicData, notPlainData, type RememberError, tooDeep } from './errors.ts'
import { describeType, isPlainObject } from './plain.ts'

/** Deepest nesting that is encoded. */
export const MAX_DEPTH = 256

/** Why the encoder refused a value, and where: the first place in its order. */
export function refusalOf(root: unknown, where: string): RememberError {
  const ancestors: object[] = []

  function find(item: unknown, path: string): RememberError | undefined {
    if (typeof item === 'function' || typeof item === 'symbol') {
      return notPlainData(path, describeType(item))
    }
    if (typeof item !== 'object' || item === null) return undefined
    if (ancestors.includes(item)) return cyclicData(path)
    if (ancestors.length >= MAX_DEPTH) return tooDeep(path, MAX_DEPTH)
    const inside = insideOf(item, path)
    if (typeof inside === 'string') return notPlainData(path, inside)
    ancestors.push(item)
    for (const [label, child] of inside) {
      const found = find(child, label)
      if (found) return found
    }
    ancestors.pop()
    return undefined
  }

  return find(root, where) ?? notPlainData(where, 'data that changed while it was read')
}

/** What an object holds, each with its path; or in words, what it is that has no canonical form. */
function insideOf(item: object, path: string): [string, unknown][] | string {
  if (Array.isArray(item)) return Array.from(item, (held, i) => [`${path}[${i}]`, held])
  if (isPlainObject(item)) {
    if (Object.getOwnPropertySymbols(item).length > 0) return 'an object with symbol labels'
    const held = item as Record<string, unknown>
    return Object.keys(held)
      .sort()
      .map((label) => [`${path}.${label}`, held[label]])
  }
  if (ArrayBuffer.isView(item)) return []
  if (!isBuiltIn(item)) return describeType(item)
  if (types.isMap(item)) {
    return Array.from(item).flatMap(([key, held], i) => [
      [`${path}.key(${i})`, key],
      [`${path}.value(${i})`, held],
    ])
  }
  if (types.isSet(item)) return Array.from(item, (held, i) => [`${path}.item(${i})`, held])
  const isLeaf = types.isDate(item) || types.isRegExp(item) || types.isArrayBuffer(item)
  return isLeaf ? [] : describeType(item)
}

/** True when the value's class is built in: its prototype sits right above Object.prototype. */
export function isBuiltIn(value: object): boolean {
  const root: unknown = Object.getPrototypeOf(Object.getPrototypeOf(value) as object)
  return root !== null && Object.getPrototypeOf(root) === null
}
