import { types } from 'node:util'
import type { Relocate } from './relocate.ts'

/** Longer texts (templates, sources, injected CSS) are named by their digest. */
const LONG = 1_000

/** More bytes than anybody gives as an option: the memory of a WebAssembly module. */
const MEMORY = 16 * 1024 * 1024

/** Gives the plain data for values without parts of their own, and `undefined` for those that must be entered. */
export function leafOf(
  value: unknown,
  { relocate, digest }: { relocate: Relocate; digest: (value: unknown) => string },
): { readonly leaf: unknown } | undefined {
  if (typeof value === 'string') {
    const text = relocate(value)
    return { leaf: text.length > LONG ? { $text: digest(text) } : text }
  }
  if (typeof value === 'symbol') return { leaf: { $symbol: value.description } }
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return { leaf: value }
  if (types.isProxy(value)) return undefined
  if (types.isRegExp(value)) {
    const pattern = String(Reflect.get(RegExp.prototype, 'source', value))
    const flags = String(Reflect.get(RegExp.prototype, 'flags', value))
    return { leaf: { $regexp: `/${relocate(pattern)}/${flags}` } }
  }
  if (types.isDate(value)) return { leaf: { $date: Date.prototype.getTime.call(value) } }
  if (types.isArrayBuffer(value)) return bytesLeaf(bytesOf(value, 0, value.byteLength), digest)
  if (ArrayBuffer.isView(value)) {
    return bytesLeaf(bytesOf(value.buffer, value.byteOffset, value.byteLength), digest)
  }
  if (URL.prototype.isPrototypeOf(value)) return urlLeaf(value, relocate)
  return undefined
}

function bytesLeaf(
  bytes: Uint8Array,
  digest: (value: unknown) => string,
): { readonly leaf: unknown } {
  return bytes.length > MEMORY
    ? { leaf: { $skipped: `${bytes.length} bytes` } }
    : { leaf: { $bytes: digest(bytes) } }
}

/** The getter of Node's own class, which refuses what only looks like a URL. */
function urlLeaf(value: object, relocate: Relocate): { readonly leaf: unknown } | undefined {
  try {
    return { leaf: { $url: relocate(String(Reflect.get(URL.prototype, 'href', value))) } }
  } catch {
    return undefined
  }
}

/** A transferred buffer has no bytes left, and no view can be made of it. */
function bytesOf(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array {
  return length === 0 ? new Uint8Array(0) : new Uint8Array(buffer, offset, length)
}
