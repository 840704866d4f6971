import { randomBytes } from 'node:crypto'
import type { Digest } from '../../key/index.ts'
import {
  allClaims,
  buildPack,
  type Draft,
  KIND,
  NO_VARIANT,
  NONCE_SIZE,
  type Row,
  rowName,
  rowVariant,
} from '../../store/index.ts'
import type { BuildRecord } from '../builds.ts'
import type { Entry } from '../entry.ts'
import { entryOf } from '../pending.ts'
import { createUsable, newlyReached } from '../reach.ts'
import { holdState } from '../shared.ts'
import type { State } from '../state.ts'
import { type ClaimId, claimIdOfRow, createStays } from './stays.ts'
import { countsIn } from '../uses.ts'

/** Which entries go into a pack for other machines. */
export interface ExportRequest {
  readonly dir: string
  /** Only what these builds reused or stored; without it, all that is live. */
  readonly builds?: readonly BuildRecord[] | undefined
  /** Those of other namespaces stay. */
  readonly namespaces: readonly string[]
  /** Entries that are elsewhere already. */
  readonly known: ReadonlySet<ClaimId>
  /** Entries that go although they are known and not used: packs are merged by it. */
  readonly carried: ReadonlySet<ClaimId>
  /** Entries that would make the pack larger stay. Bytes. */
  readonly maxSize: number
}

/** A pack for other machines. */
export interface ExportedPack {
  readonly bytes: Buffer
  readonly claims: readonly ClaimId[]
}

/**
 * Makes one pack of live entries with all that they refer to, without what must not travel
 * (`createStays`), facts and withdrawals. Undefined when nothing is left. Never throws.
 */
export async function exportPack(request: ExportRequest): Promise<ExportedPack | undefined> {
  const hold = await holdState(request.dir)
  try {
    const { state } = hold
    await state.pending.flush()
    state.store.refresh()
    const drafts: Draft[] = []
    const claims: ClaimId[] = []
    const reached = new Set<Digest>()
    let size = 0
    for (const { row, id, entry } of chosen(state, request)) {
      const added = draftsOf(state, row, entry, reached)
      if (added === undefined) continue
      size += added.reduce((sum, { bytes }) => sum + bytes.length, 0)
      if (size > request.maxSize) break
      drafts.push(...added)
      claims.push(id)
    }
    if (claims.length === 0) return undefined
    return { bytes: buildPack(drafts, randomBytes(NONCE_SIZE), state.hasher), claims }
  } finally {
    hold.release()
  }
}

interface Chosen {
  readonly row: Row
  readonly id: ClaimId
  readonly entry: Entry
}

function* chosen(state: State, request: ExportRequest): Iterable<Chosen> {
  const { builds, namespaces, known, carried } = request
  const isUsable = createUsable(state)
  const stays = createStays(state)
  const made = new Set(builds?.map(({ id }) => id))
  const used = new Set(
    builds?.flatMap((build) => [...countsIn(state.store.view.packs, build).counts.keys()]),
  )
  const seen = new Set<ClaimId>()
  for (const row of allClaims(state.store.view)) {
    const id = claimIdOfRow(row)
    // most are known: nothing is read of them
    if (seen.has(id) || (known.has(id) && !carried.has(id))) continue
    seen.add(id)
    const entry = entryOf(state.store, state.codec, row)
    if (entry === undefined || !namespaces.includes(entry.namespace)) continue
    const variant = rowVariant(row.pack.rows, row.index)
    const isWanted =
      builds === undefined ||
      carried.has(id) ||
      made.has(entry.build) ||
      used.has(`${entry.key}:${variant}`)
    if (isWanted && isUsable(entry) && stays(entry) === undefined) yield { row, id, entry }
  }
}

/** The claim and what it refers to and is not in the pack yet; undefined when some of it can't be read. */
function draftsOf(
  state: State,
  row: Row,
  entry: Entry,
  reached: Set<Digest>,
): readonly Draft[] | undefined {
  const claim = state.store.read(row)
  if (claim === undefined) return undefined
  const claimBytes = Buffer.from(claim.bytes)
  const blobs: Draft[] = []
  const names = [...newlyReached(state, entry, reached)]
  for (const name of names) {
    const content = state.store.content(name)
    if (content === undefined) {
      // no copy of the set for each entry: that would make the whole quadratic
      for (const each of names) reached.delete(each)
      return undefined
    }
    const bytes = Buffer.from(content)
    blobs.push({ kind: KIND.blob, name, variant: NO_VARIANT, bytes, ahead: false })
  }
  const { rows } = row.pack
  return [
    {
      kind: KIND.claim,
      name: rowName(rows, row.index),
      variant: rowVariant(rows, row.index),
      bytes: claimBytes,
      ahead: blobs[0]?.name === entry.outcome,
    },
    ...blobs,
  ]
}
