import { createHash } from 'node:crypto'
import { isSignedBy, type SigningKey, signBytes, type TrustedKey } from './keys.ts'

/**
 * What a scope offers: which packs, whole and as they travel. An example of the file:
 *
 *   { "format": 1, "payload": "{\"format\":1,\"family\":\"app node-v22.12.0\",…}",
 *     "signatures": [{ "key": "ci", "signature": "q83v…" }] }
 *
 * Signed are the bytes of `payload` behind a line that says what they are, so that no signature of
 * anything else passes for one. The payload:
 *
 *   { "format": 1, "family": "app node-v22.12.0", "scope": "main", "producer": "github owner/app 123",
 *     "time": 1733000000000, "packs": [{ "sha256": "3a7b…", "size": 5120000, "content":
 *     { "sha256": "90c4…", "size": 820000, "encoding": "br" } }] }
 *
 * It names no file, path or address: only digests.
 */
export interface Manifest {
  /** Machines that can use each other's results. */
  readonly family: string
  readonly scope: string
  /** Who wrote it, for people. */
  readonly producer: string
  /** Milliseconds since 1970; grows with every manifest of a scope. */
  readonly time: number
  /** Oldest first. */
  readonly packs: readonly SharedPack[]
}

/** A pack, and the bytes that stand for it on the way. */
export interface SharedPack {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly content: {
    readonly sha256: string
    /** Bytes. */
    readonly size: number
    readonly encoding: Encoding
  }
}

export type Encoding = 'none' | 'br'

/** Largest manifest that is read, in bytes. */
export const MAX_MANIFEST: number = 64 * 1024
/** Largest pack that is read, in bytes. */
export const MAX_PACK: number = 512 * 1024 * 1024
/** Packs that a manifest may list. */
const MAX_PACKS = 32
const MAX_TEXT = 300
const SIGNED_AS = 'vite-plugin-remember manifest 1\n'
const SHA256 = /^[0-9a-f]{64}$/

/** The name of a manifest in a remote. */
export function manifestName({ family, scope }: Pick<Manifest, 'family' | 'scope'>): string {
  return createHash('sha256')
    .update(JSON.stringify(['vite-plugin-remember manifest 1', family, scope]))
    .digest('hex')
}

/** The bytes of a manifest, signed if there is a key. */
export function buildManifest(manifest: Manifest, signingKey: SigningKey | undefined): Buffer {
  const { family, scope, producer, time, packs } = manifest
  const payload = JSON.stringify({ format: 1, family, scope, producer, time, packs })
  const signatures = signingKey
    ? [{ key: signingKey.name, signature: signBytes(signingKey, signedBytes(payload)) }]
    : []
  return Buffer.from(JSON.stringify({ format: 1, payload, signatures }))
}

/** A manifest that may be used, or in words why not. */
export type ReadManifest =
  | { readonly manifest: Manifest; readonly refused?: undefined }
  | { readonly manifest?: undefined; readonly refused: string }

/**
 * Reads the bytes of a manifest. Signatures are checked before anything of the payload is looked at.
 *
 * @param trusted keys of which one must have signed it; undefined where none need
 */
export function parseManifest(
  bytes: Uint8Array,
  trusted: readonly TrustedKey[] | undefined,
): ReadManifest {
  if (bytes.length > MAX_MANIFEST) return { refused: 'a manifest that is too large' }
  const envelope = parseJson(Buffer.from(bytes).toString('utf8'))
  if (!isRecord(envelope) || envelope['format'] !== 1) return { refused: 'no manifest' }
  const { payload, signatures } = envelope
  if (typeof payload !== 'string' || !Array.isArray(signatures)) return { refused: 'no manifest' }
  if (trusted !== undefined) {
    const signed = signedBytes(payload)
    const isTrusted = signatures.slice(0, MAX_PACKS).some((one: unknown) => {
      if (!isRecord(one) || typeof one['signature'] !== 'string') return false
      const signature = one['signature']
      return trusted.some((key) => key.name === one['key'] && isSignedBy(key, signed, signature))
    })
    if (!isTrusted) return { refused: unsigned(signatures) }
  }
  const manifest = readPayload(parseJson(payload))
  return manifest ? { manifest } : { refused: 'a manifest of another form' }
}

function unsigned(signatures: readonly unknown[]): string {
  const names = signatures.flatMap((one) =>
    isRecord(one) && typeof one['key'] === 'string' && /^[\w.-]{1,64}$/.test(one['key'])
      ? [one['key']]
      : [],
  )
  if (names.length === 0) return 'a manifest that nobody signed'
  return `a manifest that no trusted key signed (${names.slice(0, 3).join(', ')})`
}

function readPayload(payload: unknown): Manifest | undefined {
  if (!isRecord(payload) || payload['format'] !== 1) return undefined
  const { family, scope, producer, time, packs } = payload
  if (!isText(family) || !isText(scope) || !isText(producer) || !isCount(time)) return undefined
  if (!Array.isArray(packs) || packs.length > MAX_PACKS) return undefined
  const read = packs.map(readPack)
  if (!read.every((pack) => pack !== undefined)) return undefined
  return { family, scope, producer, time, packs: read }
}

function readPack(pack: unknown): SharedPack | undefined {
  if (!isRecord(pack) || !isRecord(pack['content'])) return undefined
  const { sha256, size, content } = pack
  const { encoding } = content
  if (!isSha256(sha256) || !isSize(size)) return undefined
  if (!isSha256(content['sha256']) || !isSize(content['size'])) return undefined
  if (encoding !== 'none' && encoding !== 'br') return undefined
  return {
    sha256,
    size,
    content: { sha256: content['sha256'], size: content['size'], encoding },
  }
}

function signedBytes(payload: string): Buffer {
  return Buffer.from(SIGNED_AS + payload)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isSize(value: unknown): value is number {
  return isCount(value) && value <= MAX_PACK
}

function isSha256(value: unknown): value is string {
  return typeof value === 'string' && SHA256.test(value)
}
