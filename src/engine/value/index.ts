import { createTaggedDecode } from './decodeTagged.ts'
import { createTaggedEncode, type Encoded } from './encodeTagged.ts'
import { PLAIN_VERSION } from './format.ts'
import { decodePlain, encodePlain } from './plain.ts'

export type { Encoded } from './encodeTagged.ts'
export { asciiJson } from './plain.ts'

/** Turns a value into bytes; takes what structured clone takes as data. Not re-entrant. */
export function createEncode(): (value: unknown) => Encoded {
  const encodeTagged = createTaggedEncode()
  return function encode(value) {
    const bytes = encodePlain(value)
    return bytes ? { bytes } : encodeTagged(value)
  }
}

/**
 * Turns bytes back into a fresh value. Not re-entrant.
 *
 * @throws BadValue, and nothing else
 */
export function createDecode(): (bytes: Buffer) => unknown {
  const decodeTagged = createTaggedDecode()
  return (bytes) => (bytes[0] === PLAIN_VERSION ? decodePlain(bytes) : decodeTagged(bytes))
}
