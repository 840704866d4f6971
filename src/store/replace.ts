import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { Digest } from '../key/index.ts'
import { type Context, LEFTOVER_AGE } from './context.ts'
import { buildPack, NONCE_SIZE, rowKind, rowName } from './pack.ts'
import type { NamedPack } from './order.ts'
import { publishNamed } from './publish.ts'
import { takeNumber } from './takeNumber.ts'
import { type Draft, KIND, NO_VARIANT, type Pack } from './types.ts'
import { NUMBERING_TIME, type View } from './view.ts'
import { UNNUMBERED } from './withdrawals.ts'

/** A new set of packs in the place of all that the view holds. */
export interface Replacement {
  /** First to last: packs that stay, and the records of new ones. Asked for once, bit by bit. */
  readonly parts: Iterable<Pack | readonly Draft[]>
  /** What the claims of a pack that was added meanwhile refer to. */
  readonly references: (pack: Pack) => Iterable<Digest>
}

/** Milliseconds. */
const FOREIGN_AGE = 30 * 24 * 60 * 60 * 1000

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
  const { checkpoint } = view.order
  for (const pack of view.packs.slice()) {
    if (pack.rank < UNNUMBERED) continue
    const packs = [namedPack(pack)]
    const taken = await takeNumber(context, view, checkpoint, () => ({ kind: 'adopt', packs }))
    view.refresh(false)
    if (taken !== 'overtaken' && view.order.checkpoint === checkpoint) continue
    // A number below a checkpoint would say that the pack was replaced.
    if (taken !== 'overtaken' && taken.number < view.order.checkpoint) {
      await remove(context.layout.slot(taken.number))
    }
    return false
  }
  view.refresh(true)
  return isReadable(view) && view.packs.every(({ rank }) => rank < UNNUMBERED)
}

/** False while something can't be read. What a checkpoint does not list is deleted, so all must be known. */
function isReadable({ order, unreadable }: View): boolean {
  return order.isWhole && unreadable.size === 0
}

/**
 * Publishes new packs and a checkpoint that lists them, then deletes what the
 * checkpoint replaced. The protocol is described in README.md.
 *
 * @param plan undefined changes nothing
 * @throws the system's error when nothing can be written
 */
export async function replacePacks(
  context: Context,
  view: View,
  plan: () => Replacement | undefined,
): Promise<Replaced | 'nothing'> {
  const { failedReads } = view
  const replacement = plan()
  if (replacement === undefined) return 'nothing'
  const { checkpoint, next } = view.order
  const merged = new Set(view.packs)
  const base: NamedPack[] = await foreignPacks(context, view)
  const made = new Set<string>()
  const names = new Set<Digest>()
  const write = async (drafts: readonly Draft[]): Promise<void> => {
    const sha = await publishPack(context, drafts)
    made.add(sha)
    base.push({ sha, withdraws: false })
    for (const { kind, name } of drafts) if (kind === KIND.blob) names.add(name)
  }
  for (const part of replacement.parts) {
    if (isDrafts(part)) await write(part)
    else {
      merged.delete(part)
      base.push(namedPack(part))
      addBlobNames(part, names)
    }
  }

  const taken = await takeNumber(context, view, checkpoint, async () => {
    if (!isReadable(view) || view.failedReads > failedReads) return undefined
    const late = view.packs.filter(({ sha, rank }) => rank >= next && !made.has(sha))
    for (const pack of late) addBlobNames(pack, names)
    const missing = late.flatMap((pack) => missingBlobs(view, replacement.references(pack), names))
    if (missing.length > 0) await write(missing)
    const carried = view.order.ranked.filter(({ sha, rank }) => rank >= next && !made.has(sha))
    // Another compaction has begun, and what its packs are voided by may be what this one merges.
    if (carried.some(({ isAdopted }) => isAdopted)) return undefined
    return { kind: 'base', packs: [...base, ...carried] }
  })
  view.refresh(true)
  // The checkpoint stands. Whether it is the last one can't be read, so the next one deletes.
  if (taken !== 'overtaken' && !view.order.isWhole) return 'done'
  if (taken === 'overtaken' || view.order.checkpoint !== taken.number) {
    // Older ones may be merged by another compaction by now: it will delete them.
    const young = context.now() - NUMBERING_TIME / 2
    for (const sha of made) {
      const file = context.layout.pack(sha)
      if (!(await isOlderThan(file, young))) await remove(file)
    }
    return 'superseded'
  }
  for (const { sha } of merged) await remove(context.layout.pack(sha))
  await removeNumbers(context, view)
  return 'done'
}

/** Packs of another version stay for those who can read them, as long as entries do that nobody uses. */
async function foreignPacks(context: Context, { foreign, order }: View): Promise<NamedPack[]> {
  const packs: NamedPack[] = []
  for (const { sha, withdraws } of order.ranked) {
    if (!foreign.has(sha)) continue
    const isOld = await isOlderThan(context.layout.pack(sha), context.now() - FOREIGN_AGE)
    if (!isOld) packs.push({ sha, withdraws })
  }
  return packs
}

function isDrafts(part: Pack | readonly Draft[]): part is readonly Draft[] {
  return Array.isArray(part)
}

function namedPack({ sha, count, rows }: Pack): NamedPack {
  for (let index = 0; index < count; index++) {
    if (rowKind(rows, index) === KIND.withdrawal) return { sha, withdraws: true }
  }
  return { sha, withdraws: false }
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
    const content = view.content(name)
    if (content === undefined) continue
    names.add(name)
    const bytes = Buffer.from(content)
    drafts.push({ kind: KIND.blob, name, variant: NO_VARIANT, bytes, ahead: false })
  }
  return drafts
}

async function publishPack(context: Context, drafts: readonly Draft[]): Promise<string> {
  const bytes = buildPack(drafts, randomBytes(NONCE_SIZE), context.hasher)
  const sha = createHash('sha256').update(bytes).digest('hex')
  await publishNamed(context, context.layout.pack(sha), bytes)
  return sha
}

/**
 * Removes the numbers below the checkpoint, each after its packs: what a crash
 * leaves is still known as replaced. Packs that an earlier compaction left are
 * spared while they are young, because a writer may be about to number them.
 */
async function removeNumbers(context: Context, view: View): Promise<void> {
  const { old, replaced } = view.order
  for (const sha of replaced) {
    const file = context.layout.pack(sha)
    if (await isOlderThan(file, context.now() - LEFTOVER_AGE)) await remove(file)
  }
  for (const number of old) {
    const packs = view.log.slot(number)?.packs ?? []
    const left = packs.some(({ sha }) => replaced.has(sha) && existsSync(context.layout.pack(sha)))
    if (!left) await remove(context.layout.slot(number))
  }
}

async function isOlderThan(file: string, time: number): Promise<boolean> {
  try {
    return (await stat(file)).mtimeMs < time
  } catch {
    return false
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {})
}
