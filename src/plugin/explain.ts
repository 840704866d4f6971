import { readBuilds, type Cache, type Input, type MissReason } from '../engine/index.ts'
import { diffParts } from '../fingerprint/index.ts'
import type { Digest, NamedParts } from '../key/index.ts'
import type { Inputs } from '../trace/index.ts'
import type { HookName } from '../policies/index.ts'
import type { Identity } from './identity.ts'
import { run, type BuildNotes, type SeenCalls } from './notes.ts'
import type { Place } from './place.ts'
import { storedParts, storeParts } from './parts.ts'
import { sightedIds } from './sightings.ts'
import type { Subject } from './subject.ts'
import { findUnstable, type Unstable } from './unstable.ts'
import type { CallReason, Recomputed } from './tally.ts'

/** A look-up that found nothing to reuse. */
export interface Miss {
  readonly subject: Subject
  readonly hook: HookName
  readonly id: string
  readonly callee: Digest
  readonly options: NamedParts
  readonly why: MissReason
}

interface Explaining {
  readonly cache: Cache
  readonly place: Place
  readonly misses: readonly Miss[]
  readonly identityOf: (subject: Subject) => Identity
  readonly fingerprintOf: (subject: Subject) => Digest
  readonly inputs: Pick<Inputs, 'now'>
  /** Told of each miss, with its cause. */
  readonly count: (miss: Miss, reason: CallReason) => void
}

interface Cause {
  readonly reason: CallReason
  readonly part?: string
  readonly from?: string
  readonly to?: string
}

/** Records stay small. */
const mostRecomputed = 5000

export interface Explained {
  readonly recomputed: readonly Recomputed[]
  /** Named once each. */
  readonly unstable: readonly Unstable[]
}

/**
 * Names the cause of each miss: an input that changed, or, against the last run
 * of the same root, the named part that did. Names the parts
 * that differ in every run.
 */
export async function explainMisses(explaining: Explaining): Promise<Explained> {
  const { cache, place, misses, identityOf, fingerprintOf, inputs, count } = explaining
  const subjects = new Set(misses.map(({ subject }) => subject))
  const runs = misses.length > 0 ? await lastRuns(cache, place.toPortable(`${place.root}/`)) : []
  const before = await Promise.all((runs[0] ?? []).map((each) => sighted(cache, each)))
  const changes = new Map<string, Cause>()
  const unstable = new Map<string, Unstable>()
  for (const subject of subjects) {
    const { parts } = identityOf(subject)
    const fingerprint = fingerprintOf(subject)
    await storeParts(cache, fingerprint, parts)
    const found = await findUnstable({ cache, plugin: subject.name, parts, fingerprint, runs })
    for (const each of found) unstable.set(`${each.plugin} ${each.path}`, each)
  }

  const explained: Recomputed[] = []
  for (const miss of misses) {
    const { subject, hook, id } = miss
    const portable = place.toPortable(id)
    const cause = await causeOf(miss, portable)
    count(miss, cause.reason)
    if (before.length > 0 && explained.length < mostRecomputed) {
      explained.push({ plugin: subject.name, hook, id: portable, ...cause })
    }
  }
  return { recomputed: explained, unstable: [...unstable.values()] }

  async function causeOf(
    { subject, hook, callee, options, why }: Miss,
    id: string,
  ): Promise<Cause> {
    if (why.reason === 'input_changed') return inputCause(why.input, inputs.now(why.input))
    if (why.reason !== 'first_seen') return { reason: why.reason }
    const same = before.filter(
      (calls) => calls.plugin === subject.name && calls.hook === hook && calls.ids.has(id),
    )
    if (same.length === 0) return { reason: 'first_seen' }
    const fingerprint = fingerprintOf(subject)
    const alike = same.filter((calls) => calls.fingerprint === fingerprint)
    if (alike.some((calls) => calls.callee === undefined || calls.callee === callee)) {
      return { reason: 'part_changed', part: 'code' }
    }
    return alike[0]
      ? await changed(alike[0].callee!, callee, { options })
      : await changed(same[0]!.fingerprint as Digest, fingerprint, identityOf(subject).parts)
  }

  async function changed(old: Digest, now: Digest, parts: Identity['parts']): Promise<Cause> {
    const pair = `${old} ${now}`
    let cause = changes.get(pair)
    if (!cause) changes.set(pair, (cause = await partCause(cache, old, parts)))
    return cause
  }
}

/** Values are told where they are words, and not digests: a version, `absent`, `unset`. */
function inputCause({ kind, name, value }: Input, now: string | undefined): Cause {
  const cause = { reason: 'input_changed', part: `${kind}:${name}` } as const
  const isTold = [value, now].some((each) => each === 'absent' || each === 'unset')
  if (now === undefined || now === value || (kind !== 'package' && !isTold)) return cause
  return { ...cause, from: worded(kind, value), to: worded(kind, now) }
}

function worded(kind: string, value: string): string {
  if (kind === 'package' || value === 'absent' || value === 'unset') return value
  return kind === 'env' ? 'set' : 'there'
}

async function partCause(cache: Cache, old: Digest, parts: Identity['parts']): Promise<Cause> {
  const before = await storedParts(cache, old)
  const [change] = before === undefined ? [] : diffParts(before, parts, 1)
  if (!change) return { reason: 'part_changed', part: 'fingerprint' }
  return { reason: 'part_changed', part: change.path, from: change.from, to: change.to }
}

interface Sighted extends Omit<SeenCalls, 'ids'> {
  readonly ids: ReadonlySet<string>
}

async function sighted(cache: Cache, calls: SeenCalls): Promise<Sighted> {
  return { ...calls, ids: await sightedIds(cache, calls) }
}

/** What earlier runs of the same root saw, newest first. A run is one process. */
async function lastRuns(cache: Cache, root: string): Promise<readonly SeenCalls[][]> {
  const runs = new Map<string, SeenCalls[]>()
  for (const { notes } of await readBuilds(cache.dir, 50)) {
    const each = notes as unknown as Partial<BuildNotes>
    if (each.format !== 1 || each.root !== root || !each.run || each.run === run) continue
    const seen = runs.get(each.run) ?? []
    runs.set(each.run, [...seen, ...(each.seen ?? [])])
  }
  return [...runs.values()]
}
