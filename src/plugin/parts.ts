import type { Cache } from '../engine/index.ts'
import type { Digest, Hasher, KeyDigest } from '../key/index.ts'
import type { Identity } from './identity.ts'

/** Keeps the named parts behind a fingerprint, so that later runs can say what differs. Equal parts are stored once. */
export async function storeParts(
  cache: Cache,
  fingerprint: Digest,
  parts: Identity['parts'],
): Promise<void> {
  await cache.remember(requestOf(fingerprint), () => parts)
}

/** The named parts behind a fingerprint; undefined when they are gone. */
export async function storedParts(
  cache: Cache,
  fingerprint: Digest,
): Promise<Identity['parts'] | undefined> {
  const request = requestOf(fingerprint)
  const { value } = await cache.remember<Identity['parts'] | undefined>(request, (recorder) => {
    recorder.refuse('unknown')
    return undefined
  })
  return value
}

/** Names the entry that holds the named parts behind a fingerprint. */
export function partsKey(hasher: Hasher, fingerprint: Digest): KeyDigest {
  return hasher.keyOf(requestOf(fingerprint))
}

function requestOf(fingerprint: Digest): { namespace: string; parts: { fingerprint: Digest } } {
  return { namespace: 'vite-plugin-remember/fingerprint', parts: { fingerprint } }
}
