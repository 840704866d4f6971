import type { BuildRecord } from '../engine/index.ts'
import { type ClaimId, exportPack } from '../engine/travel/index.ts'
import { chooseMerged } from './merge.ts'
import type { Manifest } from './manifest.ts'
import { type Listing, publishListing } from './publish.ts'
import { readOffer } from './offers.ts'
import { type PullRequest, takePack, TRAVELLING } from './pull.ts'
import { wrapPack } from './transport.ts'
import type { SigningKey } from './keys.ts'

/** A new pack may have so many bytes. */
const MAX_NEW_PACK = 256 * 1024 * 1024

export interface PushRequest extends Omit<PullRequest, 'scopes' | 'maxSize'> {
  /** The scope that is written to. */
  readonly scope: string
  readonly producer: string
  readonly signingKey: SigningKey | undefined
  /** What the scopes that we read offered before. */
  readonly offers: ReadonlyMap<string, Manifest>
  /** What they used and made travels; without it, all that is in the store. */
  readonly builds?: readonly BuildRecord[] | undefined
  /** For waiting; tests pass one that waits less. */
  readonly sleep: (ms: number) => Promise<void>
}

/** What went. */
export type Pushed =
  | { readonly state: 'done'; readonly entries: number; readonly bytes: number }
  | { readonly state: 'nothing' }
  /** `why` is undefined where the remote itself has told. */
  | { readonly state: 'failed'; readonly why: string | undefined }

/**
 * Brings what the remote does not have yet into the scope, as one pack. Nothing is written, and
 * nothing asked, when there is nothing to bring. Never throws.
 */
export async function push(request: PushRequest): Promise<Pushed> {
  const { dir, builds, memory, remote } = request
  const known = claimsOf(request, request.offers.values())
  const common = { dir, builds, namespaces: TRAVELLING, maxSize: MAX_NEW_PACK }
  const fresh = await exportPack({ ...common, known, carried: new Set() })
  if (fresh === undefined) return { state: 'nothing' }
  request.onProgress?.(1, 4)

  const listed = await listedNow(request)
  if (listed === undefined) return { state: 'failed', why: undefined }
  const merged = await takeMissing(request, chooseMerged(listed, fresh.bytes.length))
  const carried = new Set(merged.flatMap(({ sha256 }) => [...(memory.claims(sha256) ?? [])]))
  const exported =
    carried.size === 0 ? fresh : ((await exportPack({ ...common, known, carried })) ?? fresh)
  const { pack, bytes } = await wrapPack(exported.bytes)
  request.onProgress?.(2, 4)

  const put = await remote.put({ kind: 'content', sha256: pack.content.sha256 }, bytes)
  if (put.state !== 'done') return { state: 'failed', why: undefined }
  request.onProgress?.(3, 4)
  const listing: Listing = { pack, replaced: new Set(merged.map(({ sha256 }) => sha256)) }
  const published = await publishListing(request, listing)
  request.onProgress?.(4, 4)
  if (published !== 'done') {
    const why = published === 'busy' ? 'others wrote the same scope at the same time' : undefined
    return { state: 'failed', why }
  }
  memory.keep(pack.sha256, exported.claims)
  return { state: 'done', entries: exported.claims.length, bytes: bytes.length }
}

/** The packs of the scope; undefined when the remote failed. */
async function listedNow(request: PushRequest): Promise<Manifest['packs'] | undefined> {
  const known = request.offers.get(request.scope)
  if (known) return known.packs
  const offer = await readOffer(request, request.scope)
  if (offer.state === 'unknown') return undefined
  // what is not believed is not signed either: the scope begins anew
  return offer.state === 'found' ? offer.manifest.packs : []
}

function claimsOf({ memory }: PushRequest, manifests: Iterable<Manifest>): Set<ClaimId> {
  const claims = new Set<ClaimId>()
  for (const { packs } of manifests) {
    for (const { sha256 } of packs) {
      for (const claim of memory.claims(sha256) ?? []) claims.add(claim)
    }
  }
  return claims
}

/** Takes in packs that are to be merged and are not here. Those that can't be had stay as they are. */
async function takeMissing(
  request: PushRequest,
  packs: Manifest['packs'],
): Promise<Manifest['packs']> {
  const merged: Manifest['packs'][number][] = []
  for (const pack of packs) {
    const taken =
      request.memory.claims(pack.sha256) === undefined ? await takePack(request, pack) : undefined
    // one that is gone or refused is of no use to anybody
    const isHere = taken === undefined || taken.state === 'kept'
    if (isHere || taken.state === 'absent' || taken.state === 'refused') merged.push(pack)
  }
  return merged
}
