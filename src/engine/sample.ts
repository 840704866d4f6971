import type { KeyDigest } from '../key/index.ts'
import type { Session } from './session.ts'

/**
 * True for the hits of a session that are computed again. Which ones a session
 * chooses depends on its random id and the key alone: not on their order, and
 * another session chooses others.
 */
export function isSampled({ mode, verify, build }: Session, key: KeyDigest): boolean {
  if (mode === 'verify' || verify >= 1) return true
  if (verify <= 0) return false
  let mixed = Number.parseInt(key.slice(0, 8), 16) ^ Number.parseInt(build.slice(-8), 16)
  // the finalizer of MurmurHash3: each bit of the id counts for each of the outcome
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32 < verify
}
