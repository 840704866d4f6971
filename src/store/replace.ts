import { createHash } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import type { Digest } from '../key/index.ts'
import type { Context } from './context.ts'
import { buildPack, NONCE_SIZE, rowKind, rowName } from './pack.ts'
import { publishNamed } from './publish.ts'
import { takeNumber } from './take-number.ts'
import { type Draft, KIND, NO_VARIANT, type Pack } from './types.ts'
import { UNNUMBERED, type View } from './view.ts'

/** A new set of packs in the place of all that the view holds. */
export interface Replacement {
  /** Packs that stay as they are. */
  readonly keep: ReadonlySet<Pack>
  /** Records of the new packs, which come before all others. */
  readonly packs: Iterable<readonly Draft[]>
  /** What the claims of a pack that was added meanwhile refer to. */
  readonly references: (pack: Pack) => Iterable<Digest>
}

/** `superseded`: another compaction came first, or packs can't be read now; nothing was changed. */
export type Replaced = 'done' | 'superseded'

/**
 * Gives a number to every pack that has none, so that its place in the order
 * is settled before it is merged. False when a compaction came between.
 *
 * @throws the system's error when nothing can be written
 */
export async function adoptPacks(context: Context, view: View): Promise<boolean> {
  view.refresh(true)
  for (const { sha, rank } of view.packs.slice()) {
    if (rank < UNNUMBERED) continue
    if ((await takeNumber(context, view, () => ({ kind: 'pack', sha }))) === 'checkpoint') return false
  }
  view.refresh(true)
  return view.unreadable.size === 0 && view.packs.every(({ rank }) => rank < UNNUMBERED)
}

/**
 * Publishes new packs and a checkpoint that lists them, then deletes what the
 * checkpoint replaced. The protocol is described in README.md.
 *
 * @throws the system's error when nothing can be written
 */
export async function replacePacks(
  context: Context,
  view: View,
  replacement: Replacement,
): Promise<Replaced> {
  const { checkpoint, next } = view.order
  const made = new Set<string>()
  const names = new Set<Digest>()
  const write = async (drafts: readonly Draft[]): Promise<void> => {
    made.add(await publishPack(context, drafts, checkpoint, made.size))
    for (const { kind, name } of drafts) if (kind === KIND.blob) names.add(name)
  }
  for (const pack of replacement.keep) addBlobNames(pack, names)
  for (const drafts of replacement.packs) await write(drafts)

  const keep = [...replacement.keep].sort((a, b) => a.rank - b.rank).map(({ sha }) => sha)
  const carried = new Set<string>()
  const taken = await takeNumber(context, view, async () => {
    const late = view.packs.filter(({ sha, rank }) => rank >= next && !made.has(sha))
    for (const pack of late) addBlobNames(pack, names)
    const missing = late.flatMap((pack) => missingBlobs(view, replacement.references(pack), names))
    if (missing.length > 0) await write(missing)
    for (const { sha, rank } of view.order.ranked) {
      if (rank >= next && !made.has(sha)) carried.add(sha)
    }
    return { kind: 'base', shas: [...made, ...keep, ...carried] }
  })
  view.refresh(true)
  if (taken === 'checkpoint' || view.order.checkpoint !== taken.number) return 'superseded'
  await deleteReplaced(context, view)
  return 'done'
}

function addBlobNames(pack: Pack, names: Set<Digest>): void {
  for (let index = 0; index < pack.count; index++) {
    if (rowKind(pack.rows, index) === KIND.blob) names.add(rowName(pack.rows, index))
  }
}

function missingBlobs(view: View, references: Iterable<Digest>, names: Set<Digest>): Draft[] {
  const drafts: Draft[] = []
  for (const name of references) {
    if (names.has(name)) continue
    const row = view.blob(name)
    const read = row && view.read(row)
    if (read === undefined) continue
    names.add(name)
    const bytes = Buffer.from(read.bytes)
    drafts.push({ kind: KIND.blob, name, variant: NO_VARIANT, bytes, ahead: false })
  }
  return drafts
}

/**
 * The nonce is the checkpoint this one follows: two compactions of one state
 * make equal files, but no later one makes a file that an earlier one, however
 * late it runs, would delete.
 */
async function publishPack(
  context: Context,
  drafts: readonly Draft[],
  checkpoint: number,
  index: number,
): Promise<string> {
  const nonce = Buffer.alloc(NONCE_SIZE)
  nonce.writeBigUInt64LE(BigInt(checkpoint), 0)
  nonce.writeUInt32LE(index, 8)
  const bytes = buildPack(drafts, nonce, context.hasher)
  const sha = createHash('sha256').update(bytes).digest('hex')
  await publishNamed(context, context.layout.pack(sha), bytes)
  return sha
}

/** Packs before numbers: what is left after a crash is still known as replaced. */
export async function deleteReplaced(context: Context, view: View): Promise<void> {
  const { old, replaced } = view.order
  for (const sha of replaced) await unlink(context.layout.pack(sha)).catch(() => {})
  for (const number of old) await removeSlot(context.layout.slot(number))
}

async function removeSlot(file: string): Promise<void> {
  const { rm } = await import('node:fs/promises')
  await rm(file, { recursive: true, force: true }).catch(() => {})
}
