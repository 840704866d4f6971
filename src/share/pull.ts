import { importPack } from '../engine/travel/index.ts'
import type { Manifest, SharedPack } from './manifest.ts'
import { type Offer, readOffer, type Reader } from './offers.ts'
import { unwrapPack } from './transport.ts'

/**
 * Results of hook calls travel. What else the store keeps holds options in clear, for reports, or
 * is of use in one checkout only.
 */
export const TRAVELLING: readonly string[] = ['vite-plugin-remember/hook']

/** With the manifests no more than ten requests are made. */
const MAX_PACKS_PULLED = 7
const AT_ONCE = 4

export interface PullRequest extends Reader {
  /** Folder of the store. */
  readonly dir: string
  /** Nearest first. */
  readonly scopes: readonly string[]
  /** Bytes that may come in all. */
  readonly maxSize: number
  /** True once nobody waits any more: nothing new is begun. */
  readonly isOver?: () => boolean
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  /** Takes packs also if they came before. */
  readonly again?: boolean
}

/** What came. Grows while it comes. */
export interface Pulled {
  packs: number
  /** Entries that were not here before. */
  entries: number
  /** Scopes that something came from. */
  readonly from: Set<string>
  /** What the scopes offer, as far as it is believed. */
  readonly offers: Map<string, Manifest>
  /** What was refused or can't be kept, in words. */
  readonly faults: string[]
}

export function nothingPulled(): Pulled {
  return { packs: 0, entries: 0, from: new Set(), offers: new Map(), faults: [] }
}

/** Takes in the packs that the scopes offer and that are not here yet. Never throws. */
export async function pull(request: PullRequest, pulled: Pulled): Promise<void> {
  const offers = await Promise.all(request.scopes.map((scope) => readOffer(request, scope)))
  const wanted = wantedOf(request, offers, pulled)
  let done = 0
  const queue = wanted.slice()
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next && !request.isOver?.(); next = queue.shift()) {
      await takeOne(request, next, pulled)
      request.onProgress?.(++done, wanted.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

interface Wanted {
  readonly scope: string
  readonly pack: SharedPack
}

function wantedOf(
  { scopes, memory, maxSize, again = false }: PullRequest,
  offers: readonly Offer[],
  pulled: Pulled,
): Wanted[] {
  const listed = new Set<string>()
  const wanted: Wanted[] = []
  let size = 0
  for (const [at, offer] of offers.entries()) {
    const scope = scopes[at]!
    if (offer.state === 'refused') pulled.faults.push(`${scope}: ${offer.why}`)
    if (offer.state !== 'found') continue
    pulled.offers.set(scope, offer.manifest)
    // the newest first: should something be left out, it is what is oldest
    for (const pack of offer.manifest.packs.toReversed()) {
      if (listed.has(pack.sha256)) continue
      listed.add(pack.sha256)
      if (!again && memory.claims(pack.sha256) !== undefined) continue
      size += pack.size
      if (wanted.length < MAX_PACKS_PULLED && size <= maxSize) wanted.push({ scope, pack })
    }
  }
  memory.sweep(listed)
  return wanted
}

async function takeOne(
  request: PullRequest,
  { scope, pack }: Wanted,
  pulled: Pulled,
): Promise<void> {
  const taken = await takePack(request, pack)
  if (taken.state === 'kept') {
    pulled.packs++
    pulled.entries += taken.added
    pulled.from.add(scope)
  } else if (taken.state === 'refused') {
    pulled.faults.push(`pack ${pack.sha256.slice(0, 8)} of ${scope} refused: ${taken.why}`)
  } else if (taken.state === 'failed') {
    pulled.faults.push(`pack ${pack.sha256.slice(0, 8)} of ${scope} not kept: ${taken.why}`)
  }
}

export type Taken =
  | { readonly state: 'kept'; readonly added: number }
  | { readonly state: 'refused' | 'failed'; readonly why: string }
  /** The remote has it no more, or did not answer. */
  | { readonly state: 'absent' | 'unknown' }

/** Takes in one pack: one request. Nothing of it is kept unless all of it is as it should be. */
export async function takePack(
  { remote, memory, dir, now }: Pick<PullRequest, 'remote' | 'memory' | 'dir' | 'now'>,
  pack: SharedPack,
): Promise<Taken> {
  const { sha256, size } = pack.content
  const got = await remote.get({ kind: 'content', sha256 }, { maxBytes: size })
  if (got.state === 'absent') return { state: 'absent' }
  if (got.state !== 'found') return { state: 'unknown' }
  const bytes = await unwrapPack(pack, got.bytes)
  if (typeof bytes === 'string') return { state: 'refused', why: bytes }
  const imported = await importPack({
    dir,
    bytes,
    sha256: pack.sha256,
    namespaces: TRAVELLING,
    now,
  })
  if (imported.status !== 'kept') return { state: imported.status, why: imported.why }
  memory.keep(pack.sha256, imported.claims)
  return { state: 'kept', added: imported.added }
}
