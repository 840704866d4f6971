import { isWellFormed } from '../../key/index.ts'
import { TAG } from './format.ts'

/** A growing scratch buffer with the primitive shapes of the value format. */
export interface Writer {
  reset(): void
  byte(value: number): void
  varint(value: number): void
  float(value: number): void
  text(value: string): void
  raw(bytes: Uint8Array): void
  /** A copy of what was written since `reset`. */
  take(): Buffer
}

const FIRST_SIZE = 64 * 1024
/** A scratch buffer above this size is given back. */
const KEPT_SIZE = 8 * 1024 * 1024

export function createWriter(): Writer {
  let buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
  let at = 0

  function reserve(size: number): void {
    if (at + size <= buffer.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + size))
    buffer.copy(grown, 0, 0, at)
    buffer = grown
  }

  function byte(value: number): void {
    reserve(1)
    buffer[at++] = value
  }

  function varint(value: number): void {
    reserve(8)
    let rest = value
    while (rest > 127) {
      buffer[at++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    buffer[at++] = rest
  }

  return {
    reset() {
      if (buffer.length > KEPT_SIZE) buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
      at = 0
    },
    byte,
    varint,
    float(value) {
      reserve(8)
      // Every NaN is one NaN, whatever its bits.
      at = buffer.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value, at)
    },
    text(value) {
      const utf8 = isWellFormed(value)
      const size = utf8 ? Buffer.byteLength(value, 'utf8') : value.length * 2
      byte(utf8 ? TAG.utf8 : TAG.utf16)
      varint(size)
      reserve(size)
      at += buffer.write(value, at, utf8 ? 'utf8' : 'utf16le')
    },
    raw(bytes) {
      reserve(bytes.length)
      buffer.set(bytes, at)
      at += bytes.length
    },
    take: () => Buffer.from(buffer.subarray(0, at)),
  }
}
