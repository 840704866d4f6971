import { readBuilds, type Cache, type Input, type MissReason } from '../engine/index.ts'
import { diffParts, hideSecrets } from '../fingerprint/index.ts'
import type { Digest, Hasher, KeyDigest, NamedParts } from '../key/index.ts'
import type { Inputs } from '../trace/index.ts'
import type { HookName } from '../policies/index.ts'
import { inputChange } from './changes.ts'
import type { Identity } from './identity.ts'
import { run, type BuildNotes, type SeenCalls } from './notes.ts'
import type { Place } from './place.ts'
import { storedParts, storeParts } from './parts.ts'
import { contextDigest, sightedIds } from './sightings.ts'
import type { Subject } from './subject.ts'
import { findUnstable, type Unstable } from './unstable.ts'
import type { CallReason, Recomputed } from './tally.ts'

/** A look-up that found nothing to reuse. */
export interface Miss {
  readonly subject: Subject
  readonly hook: HookName
  readonly id: string
  readonly key: KeyDigest
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
  readonly hasher: Hasher
  /** The user's own parts of a plugin's calls. */
  readonly extraOf: (subject: Subject) => NamedParts
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
 * Names the cause of each miss: an input that changed, or, against the nearest of the last runs
 * of the same root, the named part that did. Names the parts
 * that differ in every run.
 */
export async function explainMisses(explaining: Explaining): Promise<Explained> {
  const { cache, place, misses, identityOf, fingerprintOf, inputs, hasher, extraOf, count } =
    explaining
  const subjects = new Set(misses.map(({ subject }) => subject))
  const runs = misses.length > 0 ? await lastRuns(cache, place.toPortable(`${place.root}/`)) : []
  const before = await sightedIn(cache, runs.slice(0, mostRuns))
  const changes = new Map<string, Nearest>()
  const unstable = new Map<string, Unstable>()
  for (const subject of subjects) {
    const { parts } = identityOf(subject)
    const fingerprint = fingerprintOf(subject)
    await storeParts(cache, fingerprint, parts)
    const seen = runs.map((run) => run.seen)
    const found = await findUnstable({
      cache,
      plugin: subject.name,
      parts,
      fingerprint,
      runs: seen,
    })
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

  async function causeOf(miss: Miss, id: string): Promise<Cause> {
    const { subject, hook, key, callee, options, why } = miss
    if (why.reason === 'input_changed') return inputCause(why.input, inputs.now(why.input))
    if (why.reason !== 'first_seen') return { reason: why.reason }
    const all = before.filter(
      (calls) => calls.plugin === subject.name && calls.hook === hook && calls.ids.has(id),
    )
    // a run since then stored it anew, or something else: this one is compared with that
    const dropped = cache.dropped(key)
    const seen = dropped ? all.filter(({ startedAt }) => startedAt > dropped.at) : all
    if (dropped && seen.length === 0) {
      return { reason: dropped.why, from: new Date(dropped.at).toISOString() }
    }
    if (seen.length === 0) return { reason: 'first_seen' }
    const fingerprint = fingerprintOf(subject)
    const extra = extraOf(subject)
    const context = contextDigest(hasher, extra)
    const kin = seen.filter((calls) => calls.fingerprint === fingerprint)
    const alike = kin.filter((calls) => calls.context === context)
    const same = alike.find((calls) => calls.callee === undefined || calls.callee === callee)
    if (same) {
      const unstored = same.unstored.get(unstoredName(subject.name, hook, id))
      if (unstored !== undefined) return { reason: 'not_stored', from: unstored }
      return { reason: 'part_changed', part: 'code' }
    }
    if (alike[0]) return await changed([alike[0].callee], callee, { options })
    if (kin[0]) return await changed([kin[0].context], context, context ? { extra } : {})
    const others = seen.map((calls) => calls.fingerprint as Digest)
    return await changed([...new Set(others)], fingerprint, identityOf(subject).parts)
  }

  /** Against the nearest of those that were; of several the newest. */
  async function changed(
    olds: readonly (Digest | undefined)[],
    now: Digest | undefined,
    parts: Identity['parts'],
  ): Promise<Cause> {
    // as they were stored
    const stored = hideSecrets(parts, hasher.digestOf)
    let nearest: Nearest | undefined
    for (const old of olds.slice(0, mostInstances)) {
      const pair = `${old} ${now}`
      let found = changes.get(pair)
      if (!found) changes.set(pair, (found = await partCause(cache, old, stored)))
      if (!nearest || found.distance < nearest.distance) nearest = found
    }
    return nearest!.cause
  }
}

/** Earlier runs of a root that a call is compared with. */
const mostRuns = 10
/** Of a plugin with many instances as many are compared. */
const mostInstances = 20

interface Nearest {
  readonly cause: Cause
  /** How many parts differ. */
  readonly distance: number
}

function inputCause({ kind, name, value }: Input, now: string | undefined): Cause {
  const cause = { reason: 'input_changed', part: `${kind}:${name}` } as const
  return { ...cause, ...inputChange(kind, value, now) }
}

async function partCause(
  cache: Cache,
  old: Digest | undefined,
  parts: Identity['parts'],
): Promise<Nearest> {
  const before = old === undefined ? {} : await storedParts(cache, old)
  const changes = before === undefined ? [] : diffParts(before, parts)
  const [change] = changes
  if (!change) return { cause: { reason: 'part_changed', part: 'fingerprint' }, distance: Infinity }
  const { path: part, from, to } = change
  return { cause: { reason: 'part_changed', part, from, to }, distance: changes.length }
}

/** What an earlier run saw of the root. */
interface EarlierRun {
  readonly startedAt: number
  readonly seen: readonly SeenCalls[]
  readonly unstored: ReadonlyMap<string, string>
}

interface Sighted extends Omit<SeenCalls, 'ids'>, Omit<EarlierRun, 'seen'> {
  readonly ids: ReadonlySet<string>
}

/** What was called in these runs. Most lists of ids are the same in all. */
async function sightedIn(cache: Cache, runs: readonly EarlierRun[]): Promise<Sighted[]> {
  const lists = new Map<Digest, ReadonlySet<string>>()
  const sighted: Sighted[] = []
  for (const { seen, startedAt, unstored } of runs) {
    for (const calls of seen) {
      let ids = lists.get(calls.ids)
      if (!ids) lists.set(calls.ids, (ids = await sightedIds(cache, calls)))
      sighted.push({ ...calls, ids, startedAt, unstored })
    }
  }
  return sighted
}

/** What earlier runs of the same root saw, newest first. A run is one process. */
async function lastRuns(cache: Cache, root: string): Promise<readonly EarlierRun[]> {
  const runs = new Map<string, EarlierRun>()
  for (const { notes, startedAt } of await readBuilds(cache.dir, 50)) {
    const each = notes as unknown as Partial<BuildNotes>
    if (each.format !== 1 || each.root !== root || !each.run || each.run === run) continue
    const known = runs.get(each.run)
    const unstored = (each.unstored ?? []).map(
      ({ plugin, hook, id, reason }) => [unstoredName(plugin, hook, id), reason] as const,
    )
    runs.set(each.run, {
      startedAt: Math.min(startedAt, known?.startedAt ?? Infinity),
      seen: [...(known?.seen ?? []), ...(each.seen ?? [])],
      unstored: new Map([...(known?.unstored ?? []), ...unstored]),
    })
  }
  return [...runs.values()]
}

function unstoredName(plugin: string, hook: string, id: string): string {
  return `${plugin} ${hook} ${id}`
}
