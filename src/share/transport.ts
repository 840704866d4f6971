import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import type { Encoding, SharedPack } from './manifest.ts'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** At 4 it takes a fifth of the time of 5 and more, and code shrinks to a fifth all the same. */
const QUALITY = 4
/** What does not become smaller than this share travels as it is. */
const WORTHWHILE = 0.9

/** A pack as it travels. */
export interface Parcel {
  readonly pack: SharedPack
  readonly bytes: Uint8Array
}

/** Compresses a pack where that pays. Off the main thread. */
export async function wrapPack(bytes: Buffer): Promise<Parcel> {
  const packed = await compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  const pays = packed.length < bytes.length * WORTHWHILE
  const [content, encoding]: [Buffer, Encoding] = pays ? [packed, 'br'] : [bytes, 'none']
  return {
    pack: {
      sha256: sha256(bytes),
      size: bytes.length,
      content: { sha256: sha256(content), size: content.length, encoding },
    },
    bytes: content,
  }
}

/**
 * What came, unpacked, or in words why not. Its digest is checked before it is unpacked, and no more
 * is unpacked than the manifest says. The digest of the pack itself is for `importPack` to check.
 */
export async function unwrapPack(
  { content, size }: Pick<SharedPack, 'content' | 'size'>,
  came: Uint8Array,
): Promise<Buffer | string> {
  if (came.length !== content.size) return 'another size than the manifest says'
  if (sha256(came) !== content.sha256) return 'another SHA-256 than the manifest says'
  const bytes = await decode(content.encoding, came, size)
  if (typeof bytes === 'string') return bytes
  return bytes.length === size ? bytes : 'unpacks to another size than the manifest says'
}

async function decode(
  encoding: Encoding,
  came: Uint8Array,
  size: number,
): Promise<Buffer | string> {
  if (encoding === 'none') return Buffer.from(came.buffer, came.byteOffset, came.byteLength)
  try {
    // stops as soon as there is more: a bomb costs no more memory than a pack
    return await decompress(came, { maxOutputLength: Math.max(size, 1) })
  } catch {
    return 'can not be unpacked, or unpacks to more than the manifest says'
  }
}

/** @internal exported for tests */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
