import { createEncoder } from './encoder.ts'
import { namedParts } from './namedParts.ts'
import { isWellFormed } from './text.ts'
import type { Digest, KeyDigest, NamedParts } from './types.ts'

/** The ingredients of a key. */
export interface KeyMaterial {
  readonly namespace: string
  readonly parts: NamedParts
  /** Absent and `{}` give the same key. */
  readonly extra?: NamedParts | undefined
}

/** Digests of bytes, texts and plain data. Synchronous; made once by `openHasher`. */
export interface Hasher {
  /** XXH64 of the bytes: the read check, and the first half of `digestBytes`. */
  check64(bytes: Uint8Array): bigint
  digestBytes(bytes: Uint8Array): Digest
  /** Equal to `digestBytes` of the UTF-8 of a well-formed text. */
  digestText(text: string): Digest
  /**
   * Digest of the canonical encoding of plain data.
   *
   * @throws RememberError for functions, symbols, class instances and cycles, with the path from `where`
   */
  digestOf(value: unknown, where?: string): Digest
  /**
   * Names a remembered result. Label order does not matter, types and limits between parts do.
   *
   * @throws RememberError as `digestOf`, and when `parts` or `extra` are no plain objects
   */
  keyOf(material: KeyMaterial): KeyDigest
}

/** Raise when the meaning of keys changes: old entries are then never found. */
const KEY_FORMAT = 'remember key 1'
const VALUE_FORMAT = 'remember value 1'
const FIRST_SEED = 0x72656d656d626572n
const SECOND_SEED = 0x9e3779b97f4a7c15n
/** Above this, bytes go through WebAssembly in chunks: its memory never shrinks. */
const CHUNK = 1024 * 1024

/** Starts the WebAssembly hasher, about 1 ms; then every call is synchronous. */
export async function openHasher(): Promise<Hasher> {
  // here, for a plugin that is imported may have nothing to build
  const { default: createXxhash } = await import('xxhash-wasm')
  const { h64Raw, create64 } = await createXxhash()
  const idle = [createEncoder()]
  // printed at once: to turn bigints into text costs as much as to hash
  const digest = Buffer.alloc(16)
  const halves = new DataView(digest.buffer, digest.byteOffset, 16)
  let scratch = Buffer.allocUnsafeSlow(16 * 1024)

  function hash(bytes: Uint8Array, seed: bigint): bigint {
    if (bytes.length <= CHUNK) return h64Raw(bytes, seed)
    const state = create64(seed)
    for (let at = 0; at < bytes.length; at += CHUNK) state.update(bytes.subarray(at, at + CHUNK))
    return state.digest()
  }

  function digestBytes(bytes: Uint8Array): Digest {
    halves.setBigUint64(0, hash(bytes, FIRST_SEED))
    halves.setBigUint64(8, hash(bytes, SECOND_SEED))
    return digest.toString('hex') as Digest
  }

  /** Valid until the next call: most texts are some KiB, and to make a buffer costs more than to fill it. */
  function utf8(text: string): Uint8Array {
    // a code unit is three bytes at most
    const most = text.length * 3
    if (most > CHUNK) return Buffer.from(text, 'utf8')
    if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(most)
    return scratch.subarray(0, scratch.write(text, 'utf8'))
  }

  function encoded(format: string, write: (encoder: ReturnType<typeof createEncoder>) => void) {
    // A getter or Proxy in the data may ask for another digest meanwhile: it gets another encoder.
    const encoder = idle.pop() ?? createEncoder()
    try {
      encoder.reset()
      encoder.text(format)
      write(encoder)
      return digestBytes(encoder.bytes())
    } finally {
      if (idle.length === 0) idle.push(encoder)
    }
  }

  return {
    check64: (bytes) => hash(bytes, FIRST_SEED),
    digestBytes,
    digestText(text) {
      if (isWellFormed(text)) return digestBytes(utf8(text))
      // The byte order mark FF FE never occurs in UTF-8.
      return digestBytes(Buffer.from(`\uFEFF${text}`, 'utf16le'))
    },
    digestOf: (value, where = 'value') =>
      encoded(VALUE_FORMAT, (encoder) => encoder.value(value, where)),
    keyOf({ namespace, parts, extra }) {
      const own = namedParts(parts, 'parts')
      const added = namedParts(extra, 'extra')
      return encoded(KEY_FORMAT, (encoder) => {
        encoder.text(namespace)
        encoder.value(own, 'parts')
        if (Object.keys(added).length > 0) encoder.value(added, 'extra')
      }) as KeyDigest
    },
  }
}
