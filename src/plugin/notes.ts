import { randomUUID } from 'node:crypto'
import type { Fault } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import type { Differing } from './differ.ts'
import type { HostName } from './host.ts'
import type { BuildStart } from './build.ts'
import type { Identity } from './identity.ts'
import type { Place } from './place.ts'
import type { Subject } from './subject.ts'
import type { HookTally, Recomputed } from './tally.ts'
import type { Unstable } from './unstable.ts'

/** The calls of one hook of one plugin instance in one build. */
export interface SeenCalls {
  readonly plugin: string
  readonly hook: string
  /** Names the instance's named parts. */
  readonly fingerprint: string
  /** Names the plugin, the hook and the options of these calls, as their keys do. Absent in records of older versions. */
  readonly callee?: Digest
  /** Names the list of portable ids in the store. */
  readonly ids: Digest
}

/** A plugin whose options could not be read, and which is therefore not remembered. */
export interface Unreadable {
  readonly plugin: string
  readonly reason: string
}

/** What a build spent besides its hook calls' own look-ups, in milliseconds. */
export interface Costs {
  /** Taking the plugins' fingerprints. */
  readonly fingerprintMs: number
  /** Looking at files and variables, to see whether what hooks observed still holds. */
  readonly inputsMs: number
}

/** What the plugin adds to its build record. `format` changes when a field changes its meaning. */
export interface BuildNotes {
  readonly format: 1
  readonly host: HostName
  /** Name of the Vite environment, e.g. `client`. */
  readonly environment: string | undefined
  /** The build's root, relative to the workspace. */
  readonly root: string
  /** Builds of one process: several configs or environments are one run to their user. */
  readonly run: string
  readonly mode: string
  readonly plugins: readonly HookTally[]
  readonly costs: Costs
  /** The first of the calls that were not reused; none in the first run of a root, when all calls are new. */
  readonly recomputed: readonly Recomputed[]
  /** Parts that differ in every run: why nothing of their plugins is reused. Absent in records of older versions. */
  readonly unstable?: readonly Unstable[]
  /** Outcomes that were withdrawn, because their calls gave others now: the first ones. Absent in records of older versions. */
  readonly differing?: readonly Differing[]
  /** How many there were. */
  readonly differingCount?: number
  readonly unreadable: readonly Unreadable[]
  readonly problems: readonly Fault[]
  readonly seen: readonly SeenCalls[]
}

export interface NotesFrom {
  readonly start: BuildStart
  readonly place: Place
  readonly subjects: readonly Subject[]
  readonly seen: readonly SeenCalls[]
  readonly recomputed: readonly Recomputed[]
  readonly unstable: readonly Unstable[]
  readonly differing: readonly Differing[]
  readonly identityOf: (subject: Subject) => Identity
  readonly faults: readonly Fault[]
  readonly costs: Costs
  /** @default those of the subjects */
  readonly tallies?: readonly HookTally[]
}

/** Records stay small. */
const mostDiffering = 1000

/** One run of the process, whatever number of builds it makes. */
export const run: string = randomUUID()

export function talliesOf(subjects: readonly Subject[]): HookTally[] {
  return subjects.flatMap((subject) => [...subject.tallies.values()])
}

export function buildNotes(from: NotesFrom): BuildNotes {
  const { start, place, subjects, seen, recomputed, unstable, differing, identityOf, costs } = from
  return {
    format: 1,
    host: start.host,
    environment: start.environment?.name,
    root: place.toPortable(`${place.root}/`),
    run,
    mode: start.options.mode,
    plugins: from.tallies ?? talliesOf(subjects),
    costs,
    recomputed,
    unstable,
    differing: differing.slice(0, mostDiffering),
    differingCount: differing.length,
    unreadable: subjects
      .filter((subject) => subject.tallies.size > 0 && identityOf(subject).unreadable !== undefined)
      .map((subject) => ({ plugin: subject.name, reason: identityOf(subject).unreadable! })),
    // the engine's word for what is told of in full above
    problems: from.faults.filter(({ code }) => code !== 'verify_mismatch'),
    seen,
  }
}
