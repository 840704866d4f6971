import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { privateKeyShown, wrongKey } from './errors.ts'

/** A named key that signatures are checked with. */
export interface TrustedKey {
  readonly name: string
  /** 32 bytes in base64. */
  readonly text: string
  readonly key: KeyObject
}

/** A named key that signs. Never printed, stored or sent. */
export interface SigningKey {
  readonly name: string
  readonly key: KeyObject
  readonly trusted: TrustedKey
}

// the 32 bytes of an Ed25519 key with these before them are its DER form (RFC 8410)
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex')
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex')
/** Begins a private key, so that nobody takes one for the other. */
const PRIVATE_MARK = 'private-'

const NAME = /^[\w.-]{1,64}$/

/** `ci:MCowBQ…=`, or several of them with commas or spaces between; where is for messages only. */
export function parseTrustedKeys(texts: readonly string[], where: string): TrustedKey[] {
  const parts = texts.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')
  return parts.map((text) => {
    const { name, bytes } = parseKey(text, where)
    if (text.includes(`:${PRIVATE_MARK}`)) throw privateKeyShown(where)
    return trustedKey(name, bytes)
  })
}

/** `ci:private-MC4CAQ…=`. */
export function parseSigningKey(text: string, where: string): SigningKey {
  const [name = '', secret = ''] = text.trim().split(`:${PRIVATE_MARK}`)
  const { bytes } = parseKey(`${name}:${secret}`, where)
  const key = createPrivateKey({
    key: Buffer.concat([PRIVATE_DER, bytes]),
    format: 'der',
    type: 'pkcs8',
  })
  return { name, key, trusted: trustedKey(name, rawBytes(createPublicKey(key))) }
}

/** A new key, as the two texts that the environment takes. */
export function generateKey(name: string): { readonly trusted: string; readonly signing: string } {
  if (!NAME.test(name)) throw wrongKey('the name of a key')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_DER.length)
  return {
    trusted: `${name}:${rawBytes(publicKey).toString('base64')}`,
    signing: `${name}:${PRIVATE_MARK}${secret.toString('base64')}`,
  }
}

export function signBytes({ key }: SigningKey, bytes: Uint8Array): string {
  return sign(null, bytes, key).toString('base64')
}

/** Never throws. */
export function isSignedBy({ key }: TrustedKey, bytes: Uint8Array, signature: string): boolean {
  try {
    return verify(null, bytes, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

export function isSameKey(a: TrustedKey, b: TrustedKey): boolean {
  return a.name === b.name && a.text === b.text
}

function parseKey(text: string, where: string): { name: string; bytes: Buffer } {
  const [name = '', encoded = '', ...rest] = text.split(':')
  const bare = encoded.replace(PRIVATE_MARK, '')
  const bytes = Buffer.from(bare, 'base64')
  const isWhole = bytes.length === 32 && bytes.toString('base64') === bare
  if (!NAME.test(name) || rest.length > 0 || !isWhole) throw wrongKey(where)
  return { name, bytes }
}

function trustedKey(name: string, bytes: Buffer): TrustedKey {
  const key = createPublicKey({
    key: Buffer.concat([PUBLIC_DER, bytes]),
    format: 'der',
    type: 'spki',
  })
  return { name, text: bytes.toString('base64'), key }
}

function rawBytes(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length)
}
