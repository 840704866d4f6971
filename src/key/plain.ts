/** True for `{}` and null-prototype objects of any realm, false for class instances. */
export function isPlainObject(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto === Object.prototype || proto === null) return true
  // Another realm's Object.prototype: plain data of a config loaded in a vm context.
  return Object.getPrototypeOf(proto) === null && Object.hasOwn(proto as object, 'isPrototypeOf')
}

/** What a value is, in words for an error message, e.g. `an array` or `a Date`. */
export function describeType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') {
    if (isPlainObject(value)) return 'an object'
    return `a ${nameOfClass(value)}`
  }
  return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`
}

function nameOfClass(value: object): string {
  try {
    const maker: unknown = value.constructor
    if (typeof maker === 'function' && maker.name !== '') return maker.name
  } catch {
    // A getter or a Proxy that throws: the tag below needs neither.
  }
  return 'class instance'
}
