import { BadValue } from './badValue.ts'
import { BYTES, ERRORS, MAX_DEPTH, TAG, VERSION } from './format.ts'

/**
 * Turns bytes back into a fresh value. Nothing is allocated from a length that
 * the bytes themselves do not back. Not re-entrant.
 *
 * @throws BadValue, and nothing else
 */
export function createTaggedDecode(): (bytes: Buffer) => unknown {
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  let depth = 0
  let seen: object[] = []

  function byte(): number {
    const value = bytes[at++]
    if (value === undefined) throw new BadValue('short')
    return value
  }

  function varint(): number {
    let value = byte()
    if (value < 128) return value
    value -= 128
    for (let scale = 128; ; scale *= 128) {
      const next = byte()
      if (scale > 2 ** 42) throw new BadValue('varint')
      value += (next & 127) * scale
      if (next < 128) return value
    }
  }

  /** A number of items of at least `size` bytes each, all of which must still be there. */
  function count(size: number): number {
    const value = varint()
    if (value * size > bytes.length - at) throw new BadValue('count')
    return value
  }

  function float(): number {
    if (at + 8 > bytes.length) throw new BadValue('short')
    const value = bytes.readDoubleLE(at)
    at += 8
    return value
  }

  function text(): string {
    return textOf(byte())
  }

  function textOf(tag: number): string {
    if (tag !== TAG.utf8 && tag !== TAG.utf16) throw new BadValue('text')
    const size = count(1)
    const start = at
    at += size
    if (tag === TAG.utf16) return bytes.toString('utf16le', start, at)
    return size < SHORT_TEXT ? shortText(start, at) : bytes.toString('utf8', start, at)
  }

  /** Labels are mostly short and ASCII: a loop beats a call into C++. */
  function shortText(start: number, end: number): string {
    let value = ''
    for (let i = start; i < end; i++) {
      const code = bytes[i] as number
      if (code > 127) return bytes.toString('utf8', start, end)
      value += String.fromCharCode(code)
    }
    return value
  }

  function read(): unknown {
    const tag = byte()
    switch (tag) {
      case TAG.undefined:
        return undefined
      case TAG.null:
        return null
      case TAG.false:
        return false
      case TAG.true:
        return true
      case TAG.int: {
        const value = varint()
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      }
      case TAG.float:
        return float()
      case TAG.utf8:
      case TAG.utf16:
        return textOf(tag)
      case TAG.bigint:
        return bigint()
      case TAG.ref: {
        const known = seen[varint()]
        if (known === undefined) throw new BadValue('ref')
        return known
      }
      default:
        return object(tag)
    }
  }

  function bigint(): bigint {
    const digits = text()
    return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`)
  }

  function object(tag: number): object {
    if (++depth > MAX_DEPTH) throw new BadValue('depth')
    const value = objectOf(tag)
    depth--
    return value
  }

  function objectOf(tag: number): object {
    switch (tag) {
      case TAG.array:
        return array(keep([]))
      case TAG.sparse:
        return sparse(keep([]))
      case TAG.object:
        return pairs(keep({}))
      case TAG.map: {
        const map = keep(new Map<unknown, unknown>())
        for (let left = count(2); left > 0; left--) map.set(read(), read())
        return map
      }
      case TAG.set: {
        const set = keep(new Set<unknown>())
        for (let left = count(1); left > 0; left--) set.add(read())
        return set
      }
      case TAG.date:
        return keep(new Date(float()))
      case TAG.regexp:
        return keep(new RegExp(text(), text()))
      case TAG.bytes:
        return keep(container())
      case TAG.error:
        return error()
      case TAG.boxed:
        return boxed()
      default:
        throw new BadValue('tag')
    }
  }

  function keep<T extends object>(value: T): T {
    seen.push(value)
    return value
  }

  function array(value: unknown[]): unknown[] {
    for (let left = count(1); left > 0; left--) value.push(read())
    return value
  }

  function sparse(value: unknown[]): unknown[] {
    const length = varint()
    if (length > 2 ** 32 - 1) throw new BadValue('length')
    // A far index turns the array into a dictionary; setting `length` would allocate it all.
    if (length > 1024) {
      value[length - 1] = undefined
      delete value[length - 1]
    } else value.length = length
    return pairs(value)
  }

  function pairs<T extends object>(value: T): T {
    for (let left = count(3); left > 0; left--) {
      const key = text()
      const held = read()
      if (key === '__proto__') {
        Object.defineProperty(value, key, {
          value: held,
          configurable: true,
          enumerable: true,
          writable: true,
        })
      } else (value as Record<string, unknown>)[key] = held
    }
    return value
  }

  function container(): object {
    const kind = BYTES[byte()]
    const size = count(1)
    const buffer = new ArrayBuffer(size)
    new Uint8Array(buffer).set(bytes.subarray(at, at + size))
    at += size
    if (kind === undefined) throw new BadValue('bytes')
    if (kind === 'ArrayBuffer') return buffer
    const View = (globalThis as unknown as Record<string, new (from: ArrayBuffer) => object>)[kind]
    if (View === undefined) throw new BadValue('bytes')
    return new View(buffer)
  }

  function error(): Error {
    const name = ERRORS[byte()]
    if (name === undefined) throw new BadValue('error')
    const Class = (globalThis as unknown as Record<string, ErrorConstructor>)[
      name
    ] as ErrorConstructor
    const value = keep(new Class())
    const flags = byte()
    if (flags & 1) hidden(value, 'message', text())
    hidden(value, 'stack', flags & 2 ? text() : undefined)
    if (flags & 4) hidden(value, 'cause', read())
    return value
  }

  function boxed(): object {
    const place = seen.push(BOX_PENDING) - 1
    const inner = read()
    if (inner === null || inner === undefined || typeof inner === 'object') {
      throw new BadValue('boxed')
    }
    const value = Object(inner) as object
    seen[place] = value
    return value
  }

  return function decodeTagged(from) {
    bytes = from
    at = 0
    depth = 0
    seen = []
    try {
      if (byte() !== VERSION) throw new BadValue('version')
      const value = read()
      if (at !== bytes.length) throw new BadValue('trailing bytes')
      return value
    } catch (error) {
      if (error instanceof BadValue) throw error
      throw new BadValue('malformed', { cause: error })
    } finally {
      seen = []
    }
  }
}

const SHORT_TEXT = 16
/** Holds the place of a boxed primitive while its inside is read. */
const BOX_PENDING = {}

function hidden(target: object, label: string, value: unknown): void {
  Object.defineProperty(target, label, { value, configurable: true, writable: true })
}
