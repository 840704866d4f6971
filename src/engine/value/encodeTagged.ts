import { types } from 'node:util'
import { describeType } from '../../key/index.ts'
import { BYTES, ERRORS, MAX_DEPTH, TAG, VERSION } from './format.ts'
import { createWriter } from './writer.ts'

/** What became of a value: its bytes, or where it holds something that can't be cloned. */
export type Encoded = { readonly bytes: Buffer } | { readonly uncloneable: string }

/** Why a value has no bytes; caught by `encode`, never seen outside. */
class Uncloneable extends Error {}

/** Turns a value into bytes; takes what structured clone takes as data. Not re-entrant. */
export function createTaggedEncode(): (value: unknown) => Encoded {
  const out = createWriter()
  const seen = new Map<object, number>()
  const labels: (string | number)[] = []
  let depth = 0

  function write(value: unknown): void {
    switch (typeof value) {
      case 'string':
        return out.text(value)
      case 'number':
        return number(value)
      case 'boolean':
        return out.byte(value ? TAG.true : TAG.false)
      case 'undefined':
        return out.byte(TAG.undefined)
      case 'bigint':
        out.byte(TAG.bigint)
        return out.text(value.toString(16))
      case 'object':
        return value === null ? out.byte(TAG.null) : object(value)
      default:
        throw refused(value)
    }
  }

  function number(value: number): void {
    if ((value | 0) === value && !Object.is(value, -0) && value >= -MAX_INT && value <= MAX_INT) {
      out.byte(TAG.int)
      return out.varint(value < 0 ? -value * 2 - 1 : value * 2)
    }
    out.byte(TAG.float)
    out.float(value)
  }

  function object(value: object): void {
    const known = seen.get(value)
    if (known !== undefined) {
      out.byte(TAG.ref)
      return out.varint(known)
    }
    if (depth >= MAX_DEPTH) throw new Uncloneable(`${path()} (nested too deep)`)
    if (types.isProxy(value)) throw refused(value)
    seen.set(value, seen.size)
    depth++
    if (Array.isArray(value)) array(value)
    else if (!builtIn(value)) labelled(value)
    depth--
  }

  function array(value: readonly unknown[]): void {
    const keys = Object.keys(value)
    const { length } = value
    // Index labels come first and ascending: as many labels as items, the last one an index, means all are there.
    if (keys.length === length && (length === 0 || keys[length - 1] === String(length - 1))) {
      out.byte(TAG.array)
      out.varint(length)
      for (let i = 0; i < length; i++) child(i, value[i])
      return
    }
    out.byte(TAG.sparse)
    out.varint(length)
    pairs(value, keys)
  }

  function labelled(value: object): void {
    out.byte(TAG.object)
    pairs(value, Object.keys(value))
  }

  function pairs(value: object, keys: readonly string[]): void {
    out.varint(keys.length)
    for (const key of keys) {
      out.text(key)
      labels.push(key)
      write((value as Record<string, unknown>)[key])
      labels.pop()
    }
  }

  /** False when the value is no built-in object: its own labels are its data then. */
  function builtIn(value: object): boolean {
    if (ArrayBuffer.isView(value)) {
      const kind = types.isTypedArray(value) ? value[Symbol.toStringTag] : 'DataView'
      bytes(kind, value.buffer, value.byteOffset, value.byteLength)
    } else if (types.isDate(value)) {
      out.byte(TAG.date)
      out.float(value.getTime())
    } else if (types.isRegExp(value)) {
      out.byte(TAG.regexp)
      out.text(value.source)
      out.text(value.flags)
    } else if (types.isMap(value)) map(value)
    else if (types.isSet(value)) set(value)
    else if (types.isArrayBuffer(value)) bytes('ArrayBuffer', value, 0, value.byteLength)
    else if (types.isNativeError(value)) error(value)
    else if (types.isBoxedPrimitive(value)) boxed(value)
    else if (isForeign(value)) throw refused(value)
    else return false
    return true
  }

  function bytes(kind: string, from: ArrayBufferLike, offset: number, length: number): void {
    const index = BYTES.indexOf(kind)
    if (index < 0 || types.isSharedArrayBuffer(from)) {
      throw new Uncloneable(`${path()} (a ${kind})`)
    }
    out.byte(TAG.bytes)
    out.byte(index)
    out.varint(length)
    out.raw(new Uint8Array(from, offset, length))
  }

  function map(value: ReadonlyMap<unknown, unknown>): void {
    out.byte(TAG.map)
    out.varint(value.size)
    let i = 0
    for (const [key, held] of value) {
      child(`key(${i})`, key)
      child(`value(${i++})`, held)
    }
  }

  function set(value: ReadonlySet<unknown>): void {
    out.byte(TAG.set)
    out.varint(value.size)
    let i = 0
    for (const held of value) child(`item(${i++})`, held)
  }

  function error(value: Error): void {
    const message = Object.getOwnPropertyDescriptor(value, 'message')
    const stack = value.stack
    const cause = Object.getOwnPropertyDescriptor(value, 'cause')
    const hasMessage = message !== undefined && 'value' in message
    const hasCause = cause !== undefined && 'value' in cause
    out.byte(TAG.error)
    out.byte(Math.max(0, ERRORS.indexOf(String(value.name))))
    out.byte((hasMessage ? 1 : 0) | (typeof stack === 'string' ? 2 : 0) | (hasCause ? 4 : 0))
    if (hasMessage) out.text(String(message.value))
    if (typeof stack === 'string') out.text(stack)
    if (hasCause) child('cause', cause.value)
  }

  function boxed(value: object): void {
    const inner: unknown = value.valueOf()
    if (typeof inner === 'symbol' || typeof inner === 'object') throw refused(inner)
    out.byte(TAG.boxed)
    write(inner)
  }

  function child(label: string | number, value: unknown): void {
    labels.push(label)
    write(value)
    labels.pop()
  }

  function refused(value: unknown): Uncloneable {
    return new Uncloneable(`${path()} (${describeType(value)})`)
  }

  function path(): string {
    return labels.reduce<string>(
      (parent, label) => (typeof label === 'number' ? `${parent}[${label}]` : `${parent}.${label}`),
      'value',
    )
  }

  return function encodeTagged(value) {
    out.reset()
    labels.length = 0
    depth = 0
    try {
      out.byte(VERSION)
      write(value)
      return { bytes: out.take() }
    } catch (error) {
      if (error instanceof Uncloneable) return { uncloneable: error.message }
      // A getter of the value threw.
      return { uncloneable: `${path()} (${String(error)})` }
    } finally {
      seen.clear()
    }
  }
}

const MAX_INT = 0x3fffffff

/** Objects whose state lives outside their labels, so that a copy of the labels would not be them. */
function isForeign(value: object): boolean {
  return (
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isSharedArrayBuffer(value) ||
    types.isGeneratorObject(value) ||
    types.isMapIterator(value) ||
    types.isSetIterator(value) ||
    types.isModuleNamespaceObject(value) ||
    types.isExternal(value) ||
    value instanceof WeakRef
  )
}
