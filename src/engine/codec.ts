import type { Digest, Hasher } from '../key/index.ts'
import { type Entry, packEntry, unpackEntry } from './entry.ts'
import type { Input } from './types.ts'
import { asciiJson, createDecode, createEncode, type Encoded } from './value/index.ts'

/** Values, entries and input sets to bytes and back. */
export interface Codec {
  encode(value: unknown): Encoded
  /** Undefined for damaged bytes. */
  decode(bytes: Buffer): { readonly value: unknown } | undefined
  encodeEntry(entry: Entry): Buffer
  decodeEntry(bytes: Buffer): Entry | undefined
  /** Tells traces apart: 16 hexadecimal digits over the inputs and sets of an entry. */
  variantOf(entry: Entry): string
}

export function createCodec(hasher: Hasher): Codec {
  const encode = createEncode()
  const decodeValue = createDecode()

  function decode(bytes: Buffer): { readonly value: unknown } | undefined {
    try {
      return { value: decodeValue(bytes) }
    } catch {
      // Only its own error comes out of the decoder.
      return undefined
    }
  }

  return {
    encode,
    decode,
    encodeEntry: (entry) => Buffer.from(asciiJson(packEntry(entry)), 'latin1'),
    decodeEntry(bytes) {
      try {
        return unpackEntry(JSON.parse(bytes.toString('latin1')))
      } catch {
        // no JSON
        return undefined
      }
    },
    variantOf({ inputs, sets }) {
      return hasher.digestOf({ inputs: inputs.map(textsOf), sets }).slice(0, 16)
    },
  }
}

/** The bytes of a value made of texts, numbers and arrays, which is always cloneable. */
export function plain(encoded: Encoded): Buffer {
  if ('bytes' in encoded) return encoded.bytes
  throw new TypeError(`not plain: ${encoded.uncloneable}`)
}

/** Inputs in the one order, each once. */
export function sortedInputs(inputs: readonly Input[]): Input[] {
  const byText = new Map(inputs.map((input) => [textsOf(input).join('\0'), input]))
  return [...byText.keys()].sort().map((text) => byText.get(text) as Input)
}

/** Texts or digests in code unit order, each once. */
export function sortedUnique<T extends string>(texts: Iterable<T>): T[] {
  return [...new Set(texts)].sort()
}

function textsOf({ kind, name, value }: Input): string[] {
  return [kind, name, value]
}

/** An input that was seen with two values: it changed while the value was computed. */
export function changedInput(sorted: readonly Input[]): Input | undefined {
  return sorted.find((input, i) => {
    const before = sorted[i - 1]
    return before !== undefined && before.kind === input.kind && before.name === input.name
  })
}

/** True when the bytes are those a blob's name promises, as far as the read check tells. */
export function isBlob(hasher: Hasher, name: Digest, bytes: Uint8Array): boolean {
  // to text: parsing a bigint costs six times as much as printing one
  return name.startsWith(hasher.check64(bytes).toString(16).padStart(16, '0'))
}
