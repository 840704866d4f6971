import type { GuardedRemote } from './guarded.ts'
import type { TrustedKey } from './keys.ts'
import { type Manifest, manifestName, MAX_MANIFEST, parseManifest } from './manifest.ts'
import type { Memory } from './memory.ts'

/** What reading a scope needs. */
export interface Reader {
  readonly remote: GuardedRemote
  readonly memory: Memory
  readonly family: string
  /** Undefined where nothing need be signed. */
  readonly trusted: readonly TrustedKey[] | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What a scope offers: `refused` says why it is not believed; `unknown` when the remote did not answer. */
export type Offer =
  | { readonly state: 'found'; readonly manifest: Manifest }
  | { readonly state: 'absent' | 'unknown' }
  | { readonly state: 'refused'; readonly why: string }

/** Clocks of machines differ, by no more than this many milliseconds. */
const SKEW = 10 * 60 * 1000

/** Reads the manifest of a scope: one request. */
export async function readOffer(reader: Reader, scope: string): Promise<Offer> {
  const { remote, memory, family, trusted, now } = reader
  const sha256 = manifestName({ family, scope })
  const got = await remote.get({ kind: 'manifest', sha256 }, { maxBytes: MAX_MANIFEST })
  if (got.state === 'absent') return { state: 'absent' }
  if (got.state !== 'found') return { state: 'unknown' }
  const { manifest, refused } = parseManifest(got.bytes, trusted)
  if (refused !== undefined) return { state: 'refused', why: refused }
  if (manifest.family !== family || manifest.scope !== scope) {
    return { state: 'refused', why: 'the manifest of another scope in its place' }
  }
  if (manifest.time > now() + SKEW) return { state: 'refused', why: 'a manifest from the future' }
  if (manifest.time < newestSeen(reader, sha256) - SKEW) {
    return { state: 'refused', why: 'an older manifest than one that was there before' }
  }
  memory.saw(sha256, manifest.time)
  return { state: 'found', manifest }
}

/**
 * The time of the newest manifest of a scope that was seen here. One from the future was seen by a
 * clock that was wrong, and counts no more.
 */
export function newestSeen({ memory, now }: Pick<Reader, 'memory' | 'now'>, name: string): number {
  const newest = memory.newest(name)
  return newest > now() + SKEW ? 0 : newest
}
