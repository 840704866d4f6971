import { createHash, randomBytes } from 'node:crypto'
import type { Digest } from '../key/index.ts'
import { type Context, errorCode, giveUpWriting } from './context.ts'
import { buildPack, NONCE_SIZE, renewPack, rowCheck, rowVariant } from './pack.ts'
import { prepare } from './prepare.ts'
import { publishNamed } from './publish.ts'
import { takeNumber } from './takeNumber.ts'
import { type Draft, KIND, NO_VARIANT, type Row, type Variant } from './types.ts'
import type { View } from './view.ts'
import { UNNUMBERED } from './withdrawals.ts'

/** Content named by its digest. */
export interface Blob {
  readonly name: Digest
  readonly bytes: Uint8Array
}

/** What need not be written again. */
export interface KnownBlobs {
  has(name: Digest): boolean
  /** For callers: names whose own references were looked at for this pack. */
  readonly visited: Set<Digest>
}

export interface ClaimBlobs {
  /** Written right behind the claim, so that one read brings both. */
  readonly along: Blob | undefined
  readonly others: readonly Blob[]
}

/** What a writer wants to be the first to say about a name and variant. */
export interface Claim {
  readonly name: Digest
  readonly variant: Variant
  readonly bytes: Uint8Array
  /** What the claim refers to and `known` does not hold. */
  readonly blobs: (known: KnownBlobs) => ClaimBlobs
  /** Variants of `name` whose earlier claims end here. */
  readonly withdraws: readonly Variant[]
}

/** Variants of a name whose claims end, with nothing in their place. */
export interface Withdrawal {
  readonly name: Digest
  readonly variant: Variant
}

/** How a claim ended. `lost` comes with the claim that was first. */
export type Verdict =
  | { readonly status: 'stored' }
  | { readonly status: 'lost'; readonly row: Row }
  | { readonly status: 'failed'; readonly reason: string }

export interface CommitRequest {
  readonly claims: readonly Claim[]
  readonly withdrawals: readonly Withdrawal[]
  /** False for a stored claim that no reader could use, e.g. because its blob is gone. */
  readonly usable: (row: Row) => boolean
}

/** How often a commit starts over because a compaction came between. */
const MAX_ATTEMPTS = 20

/**
 * Writes a group of claims and tells for each whether it is the first. The
 * protocol is described in README.md. Never throws.
 */
export async function commit(
  context: Context,
  view: View,
  request: CommitRequest,
): Promise<readonly Verdict[]> {
  const verdicts = new Map<Claim, Verdict>()
  if (!context.writable) return request.claims.map(() => failed(context.unwritable ?? 'readonly'))
  let reason = 'busy'
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    try {
      if (await tryCommit(context, view, request, verdicts)) break
    } catch (error) {
      reason = errorCode(error)
      // Someone deleted the folders while we ran: make them again, once.
      if (reason === 'ENOENT' && attempt === 0) {
        await prepare(context)
        if (context.writable) continue
      } else giveUpWriting(context, 'write_failed', error)
      break
    }
  }
  return request.claims.map((claim) =>
    upToDate(view, request, claim, verdicts.get(claim) ?? failed(reason)),
  )
}

/** The winner of an early attempt may have been merged into another pack during a later one. */
function upToDate(view: View, { usable }: CommitRequest, claim: Claim, verdict: Verdict): Verdict {
  if (verdict.status !== 'lost' || !verdict.row.pack.gone) return verdict
  const row = firstClaim(view, claim, UNNUMBERED, usable)
  return row === undefined ? verdict : { status: 'lost', row }
}

function failed(reason: string): Verdict {
  return { status: 'failed', reason }
}

/** False when a compaction came between and the rest must be tried again. */
async function tryCommit(
  context: Context,
  view: View,
  request: CommitRequest,
  verdicts: Map<Claim, Verdict>,
): Promise<boolean> {
  const { usable } = request
  view.refresh(false)
  const before = view.order.checkpoint
  for (const claim of request.claims) {
    if (verdicts.has(claim)) continue
    const first = firstClaim(view, claim, UNNUMBERED, usable)
    if (first !== undefined) verdicts.set(claim, verdictOn(context, claim, first))
  }
  const open = request.claims.filter((claim) => !verdicts.has(claim))
  const drafts = draftsOf(view, open, request.withdrawals)
  if (drafts.length === 0) return true

  const bytes = buildPack(drafts, randomBytes(NONCE_SIZE), context.hasher)
  const withdraws = drafts.some(({ kind }) => kind === KIND.withdrawal)
  const sha = await publishPack(context, view, bytes, { before, withdraws })
  // A compaction came between: it may have merged our pack or dropped what the pack relies on,
  // or our number was one that it freed. Look again at what is there now.
  if (view.order.checkpoint !== before) return false

  const rank = view.order.ranked.find((ranked) => ranked.sha === sha)?.rank
  for (const claim of open) {
    const first = firstClaim(view, claim, rank ?? UNNUMBERED, usable, sha)
    verdicts.set(
      claim,
      first === undefined ? { status: 'stored' } : verdictOn(context, claim, first),
    )
  }
  return true
}

/** Writes a pack, takes the next number for it, and looks at what came before it. Gives its name. */
async function publishPack(
  context: Context,
  view: View,
  bytes: Buffer,
  { before, withdraws }: { readonly before: number; readonly withdraws: boolean },
): Promise<string> {
  // not by `webcrypto`, which copies them first: that takes longer than the digest
  const sha = createHash('sha256').update(bytes).digest('hex')
  await publishNamed(context, context.layout.pack(sha), bytes)
  await takeNumber(context, view, before, () => ({ kind: 'pack', packs: [{ sha, withdraws }] }))
  view.refresh(false)
  return sha
}

/**
 * Takes in a whole pack in which each record was looked at, and which needs no other one, as if its
 * claims had been committed. For many claims of which none is here that is a tenth of the work.
 * False when they have to be committed: some are here, it could not be written, or a
 * compaction came between. Never throws.
 */
export async function takeIn(
  context: Context,
  view: View,
  pack: Buffer,
  isNew: () => boolean,
): Promise<boolean> {
  if (!context.writable) return false
  try {
    view.refresh(false)
    if (!isNew()) return false
    const before = view.order.checkpoint
    const bytes = renewPack(pack, randomBytes(NONCE_SIZE))
    await publishPack(context, view, bytes, { before, withdraws: false })
    return view.order.checkpoint === before
  } catch {
    return false
  }
}

/** The claim that readers find for this name and variant, among numbered packs up to a rank. */
function firstClaim(
  view: View,
  claim: Claim,
  upTo: number,
  usable: (row: Row) => boolean,
  own?: string,
): Row | undefined {
  // What it withdraws must go, whether or not the claim itself is new.
  if (claim.withdraws.length > 0) return undefined
  return view
    .claims(claim.name, upTo)
    .find(
      (row) =>
        row.pack.rank < UNNUMBERED &&
        rowVariant(row.pack.rows, row.index) === claim.variant &&
        (row.pack.sha === own || usable(row)),
    )
}

/** A claim with our very bytes is our own, maybe merged into another pack meanwhile. */
function verdictOn(context: Context, claim: Claim, row: Row): Verdict {
  const same = rowCheck(row.pack.rows, row.index) === context.hasher.check64(claim.bytes)
  return same ? { status: 'stored' } : { status: 'lost', row }
}

function draftsOf(
  view: View,
  claims: readonly Claim[],
  withdrawals: readonly Withdrawal[],
): readonly Draft[] {
  const drafts: Draft[] = []
  const written = new Set<Digest>()
  const known: KnownBlobs = {
    has: (name) => written.has(name) || view.holds(name),
    visited: new Set(),
  }

  for (const { name, variant } of withdrawals) drafts.push(withdrawalOf(name, variant))
  for (const { name, variant, bytes, withdraws, ...claim } of claims) {
    for (const old of withdraws) drafts.push(withdrawalOf(name, old))
    const { along, others } = claim.blobs(known)
    drafts.push({ kind: KIND.claim, name, variant, bytes, ahead: along !== undefined })
    for (const blob of along === undefined ? others : [along, ...others]) {
      written.add(blob.name)
      drafts.push({ kind: KIND.blob, variant: NO_VARIANT, ahead: false, ...blob })
    }
  }
  return drafts
}

function withdrawalOf(name: Digest, variant: Variant): Draft {
  return { kind: KIND.withdrawal, name, variant, bytes: Buffer.alloc(0), ahead: false }
}
