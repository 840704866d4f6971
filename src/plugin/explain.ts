import { readBuilds, type Cache, type Input, type MissReason } from '../engine/index.ts'
import { diffParts } from '../fingerprint/index.ts'
import type { Digest } from '../key/index.ts'
import type { HookName } from '../policies/index.ts'
import type { Identity } from './identity.ts'
import { run, type BuildNotes, type SeenCalls } from './notes.ts'
import type { Place } from './place.ts'
import { sightedIds } from './sightings.ts'
import { tallyOf, type Subject } from './subject.ts'
import { countReason, type CallReason, type Recomputed } from './tally.ts'

/** A look-up that found nothing to reuse. */
export interface Miss {
  readonly subject: Subject
  readonly hook: HookName
  readonly id: string
  readonly why: MissReason
}

interface Explaining {
  readonly cache: Cache
  readonly place: Place
  readonly misses: readonly Miss[]
  readonly identityOf: (subject: Subject) => Identity
  readonly fingerprintOf: (subject: Subject) => Digest
}

interface Cause {
  readonly reason: CallReason
  readonly part?: string
  readonly from?: string
  readonly to?: string
}

/** Records stay small. */
const mostRecomputed = 5000

/**
 * Names the cause of each miss: an input that changed, or, against the last run
 * of the same root, the named part that did. Counts the reasons.
 */
export async function explainMisses(explaining: Explaining): Promise<Recomputed[]> {
  const { cache, place, misses, identityOf, fingerprintOf } = explaining
  const subjects = new Set(misses.map(({ subject }) => subject))
  const before = misses.length > 0 ? await lastRun(cache, place.toPortable(`${place.root}/`)) : []
  const changes = new Map<string, Cause>()
  for (const subject of subjects) {
    // content-addressed like everything: equal parts are stored once
    await storeParts(cache, fingerprintOf(subject), identityOf(subject).parts)
  }

  const explained: Recomputed[] = []
  for (const { subject, hook, id, why } of misses) {
    const portable = place.toPortable(id)
    const cause = await causeOf(subject, hook, portable, why)
    countReason(tallyOf(subject, hook), cause.reason)
    if (before.length > 0 && explained.length < mostRecomputed) {
      explained.push({ plugin: subject.name, hook, id: portable, ...cause })
    }
  }
  return explained

  async function causeOf(
    subject: Subject,
    hook: HookName,
    id: string,
    why: MissReason,
  ): Promise<Cause> {
    if (why.reason === 'input_changed') return inputCause(why.input)
    if (why.reason !== 'first_seen') return { reason: why.reason }
    const same = before.filter(
      (calls) => calls.plugin === subject.name && calls.hook === hook && calls.ids.has(id),
    )
    if (same.length === 0) return { reason: 'first_seen' }
    const fingerprint = fingerprintOf(subject)
    if (same.some((calls) => calls.fingerprint === fingerprint)) {
      return { reason: 'part_changed', part: 'code' }
    }
    const old = same[0]!.fingerprint as Digest
    const pair = `${old} ${fingerprint}`
    let cause = changes.get(pair)
    if (!cause) changes.set(pair, (cause = await partCause(cache, old, identityOf(subject).parts)))
    return cause
  }
}

function inputCause(input: Input): Cause {
  return { reason: 'input_changed', part: `${input.kind}:${input.name}` }
}

async function partCause(cache: Cache, old: Digest, parts: Identity['parts']): Promise<Cause> {
  const before = await storeParts(cache, old, undefined)
  const [change] = before === undefined ? [] : diffParts(before, parts, 1)
  if (!change) return { reason: 'part_changed', part: 'fingerprint' }
  return { reason: 'part_changed', part: change.path, from: change.from, to: change.to }
}

/** Keeps (or, without parts, looks up) the named parts behind a fingerprint. */
async function storeParts(
  cache: Cache,
  fingerprint: Digest,
  parts: Identity['parts'] | undefined,
): Promise<Identity['parts'] | undefined> {
  const request = { namespace: 'vite-plugin-remember/fingerprint', parts: { fingerprint } }
  const { value } = await cache.remember(request, (recorder) => {
    if (parts === undefined) recorder.refuse('unknown')
    return parts
  })
  return value
}

interface Sighted extends Omit<SeenCalls, 'ids'> {
  readonly ids: ReadonlySet<string>
}

/** What the newest earlier run of the same root saw. A run is one process. */
async function lastRun(cache: Cache, root: string): Promise<readonly Sighted[]> {
  const records = await readBuilds(cache.dir, 50)
  const notes = records
    .map((record) => record.notes as unknown as Partial<BuildNotes>)
    .filter((each) => each.format === 1 && each.root === root && each.run !== run)
  const newest = notes[0]?.run
  const calls = notes.filter((each) => each.run === newest).flatMap((each) => each.seen ?? [])
  return Promise.all(calls.map(async (each) => ({ ...each, ids: await sightedIds(cache, each) })))
}
