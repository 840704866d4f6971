import { buildManifest, manifestName, type SharedPack } from './manifest.ts'
import { withinScope } from './merge.ts'
import { newestSeen, readOffer } from './offers.ts'
import type { PushRequest } from './push.ts'
import { withLock } from './lock.ts'

/** A pack that is to be listed, in the place of others. */
export interface Listing {
  readonly pack: SharedPack
  readonly replaced: ReadonlySet<string>
}

const MAX_ATTEMPTS = 8
/** Bounds of the wait before looking whether what was written is still there, in milliseconds. */
const SHORTEST_WAIT = 20
const LONGEST_WAIT = 500

/**
 * Lists a pack in the manifest of a scope. Remotes can't compare and swap, so others who read before
 * we wrote may write after: the manifest is read again after twice the time that reading and writing
 * took, and written again if ours is not in it. Those of this machine come one after the other.
 */
export async function publishListing(
  request: PushRequest,
  listing: Listing,
): Promise<'done' | 'busy' | 'failed'> {
  return await withLock(request.memory.lock, request, async () => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const took = await write(request, listing)
      if (took === undefined) return 'failed'
      // at random, so that those who met once do not meet again
      const wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, took * 2))
      await request.sleep(wait * (1 + Math.random() * attempt))
      const offer = await readOffer(request, request.scope)
      if (offer.state === 'unknown') return 'failed'
      if (offer.state !== 'found') continue
      if (offer.manifest.packs.some(({ sha256 }) => sha256 === listing.pack.sha256)) return 'done'
    }
    return 'busy'
  })
}

/** Reads, adds and writes; answers the milliseconds it took, undefined when the remote failed. */
async function write(request: PushRequest, listing: Listing): Promise<number | undefined> {
  const { remote, memory, family, scope, producer, signingKey, now } = request
  const began = performance.now()
  const offer = await readOffer(request, scope)
  if (offer.state === 'unknown') return undefined
  const listed = offer.state === 'found' ? offer.manifest.packs : []
  const { pack, replaced } = listing
  const others = listed.filter(({ sha256 }) => !replaced.has(sha256) && sha256 !== pack.sha256)
  const sha256 = manifestName({ family, scope })
  // so that a clock that goes back does not make it look old
  const before = Math.max(
    offer.state === 'found' ? offer.manifest.time : 0,
    newestSeen(request, sha256),
  )
  const time = Math.max(now(), before + 1)
  const packs = withinScope([...others, pack])
  const bytes = buildManifest({ family, scope, producer, time, packs }, signingKey)
  const put = await remote.put({ kind: 'manifest', sha256 }, bytes)
  if (put.state !== 'done') return undefined
  memory.saw(sha256, time)
  return performance.now() - began
}
