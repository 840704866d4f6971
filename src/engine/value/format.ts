/**
 * Bytes of a remembered value. The first byte tells the form.
 *
 * PLAIN_VERSION, for trees that JSON can hold: a u32 (little-endian), that many
 * bytes of ASCII JSON, then the long texts. The JSON is `[value, patches]`; a
 * patch `[path, size, encoding]` puts the next text where the path leads, `[path]`
 * an `undefined`: `{ a: [1, 'x'] }` is `02 | 12000000 | [{"a":[1,"x"]},[]]`.
 *
 * VERSION, for all else: one value, which is a tag byte and what the table says. Equal values give equal
 * bytes whatever V8's inner representation is, so digests can be compared.
 *
 * `varint` is LEB128; `text` is one value with the tag `utf8` or `utf16`.
 * `{ a: [1n, 'x'] }` is `01 | 12 01 | 08 01 61 | 10 02 | 0a 08 01 31 | 08 01 78`.
 *
 * An object met again is a `ref` to its number, counted from 0 in the order
 * of first sight. A view (typed array, DataView, Buffer) carries its own
 * bytes only: views that shared a buffer do not share it afterwards.
 */
export const VERSION = 1
export const PLAIN_VERSION = 2

export const TAG = {
  undefined: 1,
  null: 2,
  false: 3,
  true: 4,
  /** varint: zigzag of an integer within 31 bits that is not -0. */
  int: 6,
  /** float64 little-endian. */
  float: 7,
  /** varint bytes, UTF-8. */
  utf8: 8,
  /** varint bytes, UTF-16LE: texts with lone surrogates. */
  utf16: 9,
  /** text: hexadecimal, maybe with a minus sign. */
  bigint: 10,
  /** varint number of an object seen before. */
  ref: 11,
  /** varint items, then each. No holes, no labels. */
  array: 16,
  /** varint length, varint pairs, then (text, value) each: arrays with holes or labels. */
  sparse: 17,
  /** varint labels, then (text, value) each, in insertion order. */
  object: 18,
  /** varint entries, then (value, value) each. */
  map: 19,
  /** varint items, then each. */
  set: 20,
  /** float64: milliseconds since 1970 or NaN. */
  date: 21,
  /** text source, text flags. */
  regexp: 22,
  /** byte kind (index in BYTES), varint bytes, bytes. */
  bytes: 23,
  /** byte kind (index in ERRORS), byte flags (1 message, 2 stack, 4 cause), then those. */
  error: 24,
  /** the primitive inside `new Number(1)` and the like. */
  boxed: 25,
} as const

/** Containers of bytes by the index that stands for them. Append only. */
export const BYTES: readonly string[] = [
  'ArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]

/** Error classes that survive structured clone; others become `Error`. Append only. */
export const ERRORS: readonly string[] = [
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
]

/** Deepest nesting written and read: far below what the stack of Node carries. */
export const MAX_DEPTH = 1000
/** Deepest nesting of the plain form. */
export const MAX_PLAIN_DEPTH = 100
