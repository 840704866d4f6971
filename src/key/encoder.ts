import { types } from 'node:util'
import { isPlainObject } from './plain.ts'
import { isBuiltIn, MAX_DEPTH, refusalOf } from './refusal.ts'

/**
 * Canonical bytes of plain data: equal data give equal bytes, different data
 * different bytes. Each value is a tag byte and, where sizes vary, a length:
 *
 *   undefined u   null n   true t   false f   hole h
 *   number    d <float64>            bigint  i <text>
 *   string    s <u32 bytes> <ascii>  when ASCII, else w <u32 bytes> <utf16le>,
 *             which takes lone surrogates
 *   array     a <u32 items> <item>…
 *   object    o <u32 labels> (<string> <value>)…   by code units of the label
 *   Map       M <u32 entries> (<key> <value>)…     by their bytes
 *   Set       S <u32 items> <item>…                by their bytes
 *   Date      D <float64>            RegExp  r <source> <flags>
 *   bytes     b <string kind> <u32 bytes> <bytes>
 *
 * All numbers are little-endian. `{ a: '1' }` is
 * `6f 01000000 73 01000000 61 73 01000000 31`.
 */
export interface Encoder {
  /** Starts over. */
  reset(): void
  text(value: string): void
  /**
   * Appends one value.
   *
   * @param where its name in errors
   * @throws RememberError for what has no canonical form
   */
  value(value: unknown, where: string): void
  /** What was written since `reset`; valid until the next write. */
  bytes(): Uint8Array
}

const FIRST_SIZE = 64 * 1024
/** A scratch buffer above this size is given back. */
const KEPT_SIZE = 8 * 1024 * 1024
/** Thrown on the way down; why and where is found out afterwards, so that what is encoded need not keep track. */
const refused = new Error('no canonical form')
/** Below this length a text is written together with what is around it. */
const SHORT_TEXT = 128
/** Beyond this, what is put together is written. */
const MOST_REST = 8 * 1024
const ascii = /^[\0-\x7f]*$/
/** Sizes as the four characters that `latin1` writes for them. */
const sizes = Array.from({ length: SHORT_TEXT }, (_, n) => String.fromCharCode(n, 0, 0, 0))

/** One growing scratch buffer, used again by each encoding. Not re-entrant. */
export function createEncoder(): Encoder {
  let buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
  let at = 0
  /** Comes after what is in the buffer. Small pieces are put together as text: V8 does that without copying. */
  let rest = ''
  let depth = 0

  /** Writes what is put together, and makes room. */
  function reserve(size: number): void {
    const { length } = rest
    makeRoom(length + size)
    if (length === 0) return
    buffer.write(rest, at, 'latin1')
    at += length
    rest = ''
  }

  function makeRoom(size: number): void {
    if (at + size <= buffer.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + size))
    buffer.copy(grown, 0, 0, at)
    buffer = grown
  }

  function tag(code: string): void {
    rest += code
  }

  function count(n: number): void {
    rest +=
      n < SHORT_TEXT
        ? sizes[n]
        : String.fromCharCode(n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24)
  }

  function float(n: number): void {
    reserve(8)
    // Every NaN is one NaN, whatever its bits.
    at = buffer.writeDoubleLE(Number.isNaN(n) ? Number.NaN : n, at)
  }

  function text(value: string): void {
    const { length } = value
    if (length < SHORT_TEXT && ascii.test(value)) {
      rest += `s${sizes[length]}${value}`
      if (rest.length > MOST_REST) reserve(0)
      return
    }
    // one byte in UTF-8 for each code unit: ASCII, which is half the bytes to hash
    const isAscii = length >= SHORT_TEXT && Buffer.byteLength(value) === length
    tag(isAscii ? 's' : 'w')
    count(isAscii ? length : length * 2)
    reserve(length * 2)
    at += buffer.write(value, at, isAscii ? 'latin1' : 'utf16le')
  }

  function value(item: unknown): void {
    switch (typeof item) {
      case 'string':
        return text(item)
      case 'number':
        tag('d')
        return float(item)
      case 'boolean':
        return tag(item ? 't' : 'f')
      case 'undefined':
        return tag('u')
      case 'bigint':
        tag('i')
        return text(item.toString(16))
      case 'object':
        return item === null ? tag('n') : object(item)
      default:
        throw refused
    }
  }

  function object(item: object): void {
    // also the end of a cycle
    if (depth >= MAX_DEPTH) throw refused
    depth++
    if (Array.isArray(item)) array(item)
    else if (isPlainObject(item)) labelled(item as Record<string, unknown>)
    else builtIn(item)
    depth--
  }

  function array(items: readonly unknown[]): void {
    tag('a')
    count(items.length)
    for (let i = 0; i < items.length; i++) {
      if (items[i] === undefined && !(i in items)) tag('h')
      else value(items[i])
    }
  }

  function labelled(item: Record<string, unknown>): void {
    if (Object.getOwnPropertySymbols(item).length > 0) throw refused
    const keys = Object.keys(item)
    if (!isSorted(keys)) keys.sort()
    tag('o')
    count(keys.length)
    for (const key of keys) {
      text(key)
      const held = item[key]
      // as most parts of keys are
      if (typeof held === 'string') text(held)
      else value(held)
    }
  }

  function builtIn(item: object): void {
    if (ArrayBuffer.isView(item)) {
      return blob(kindOfView(item), item.buffer, item.byteOffset, item.byteLength)
    }
    if (!isBuiltIn(item)) throw refused
    if (types.isDate(item)) {
      tag('D')
      return float(item.getTime())
    }
    if (types.isRegExp(item)) {
      tag('r')
      text(item.source)
      return text(item.flags)
    }
    if (types.isMap(item)) return map(item)
    if (types.isSet(item)) return set(item)
    if (types.isArrayBuffer(item)) return blob('ArrayBuffer', item, 0, item.byteLength)
    throw refused
  }

  function blob(kind: string, from: ArrayBufferLike, offset: number, length: number): void {
    tag('b')
    text(kind)
    count(length)
    // a transferred buffer has no bytes left, and no view can be made of it
    if (length === 0) return
    reserve(length)
    buffer.set(new Uint8Array(from, offset, length), at)
    at += length
  }

  function map(item: ReadonlyMap<unknown, unknown>): void {
    tag('M')
    count(item.size)
    reserve(0)
    const start = at
    const ends: number[] = []
    for (const [key, held] of item) {
      value(key)
      value(held)
      reserve(0)
      ends.push(at)
    }
    sortPieces(start, ends)
  }

  function set(item: ReadonlySet<unknown>): void {
    tag('S')
    count(item.size)
    reserve(0)
    const start = at
    const ends: number[] = []
    for (const held of item) {
      value(held)
      reserve(0)
      ends.push(at)
    }
    sortPieces(start, ends)
  }

  /** Puts the pieces written since `start` into the order of their bytes. */
  function sortPieces(start: number, ends: readonly number[]): void {
    if (ends.length < 2) return
    const copy = Buffer.from(buffer.subarray(start, at))
    let from = 0
    const pieces = ends.map((end) => copy.subarray(from, (from = end - start)))
    pieces.sort(Buffer.compare)
    let to = start
    for (const piece of pieces) {
      buffer.set(piece, to)
      to += piece.length
    }
  }

  return {
    reset() {
      if (buffer.length > KEPT_SIZE) buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
      at = 0
      rest = ''
      depth = 0
    },
    text,
    value(item, where) {
      try {
        value(item)
      } catch (error) {
        throw error === refused ? refusalOf(item, where) : error
      }
    },
    bytes() {
      reserve(0)
      return buffer.subarray(0, at)
    },
  }
}

/** `Uint8Array` for a Buffer too: equal bytes of equal element type are equal data. */
function kindOfView(view: ArrayBufferView): string {
  return types.isTypedArray(view) ? view[Symbol.toStringTag] : 'DataView'
}

/** Callers who write labels in order spare the sort, which costs more than all else for a small object. */
function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return false
  return true
}
