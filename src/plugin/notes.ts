import { randomUUID } from 'node:crypto'
import type { Fault } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import type { Cheap } from './cheap.ts'
import type { Differing } from './differ.ts'
import type { HostName } from './host.ts'
import type { BuildStart } from './build.ts'
import type { Identity } from './identity.ts'
import type { OtherCalls } from './others.ts'
import type { Place } from './place.ts'
import type { ShareNotes } from '../share/index.ts'
import type { Subject } from './subject.ts'
import type { HookTally, Recomputed, Unstored } from './tally.ts'
import type { Unstable } from './unstable.ts'

/** The calls of one hook of one plugin instance in one build. */
export interface SeenCalls {
  readonly plugin: string
  readonly hook: string
  /** Names the instance's named parts. */
  readonly fingerprint: string
  /** Names the plugin, the hook and the options of these calls, as their keys do. Absent in records of older versions. */
  readonly callee?: Digest
  /** Names the user's `extra` of these calls; absent where there is none. */
  readonly context?: Digest
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
  /** Telling why calls were not reused, and writing down which there were, at the end. Absent in records of older versions. */
  readonly recordMs?: number
}

/** What the plugin adds to its build record. `format` changes when a field changes its meaning. */
export interface BuildNotes {
  readonly format: 1
  readonly host: HostName
  /** Name of the Vite environment, e.g. `client`. */
  readonly environment: string | undefined
  /** The build's root, relative to the workspace. */
  readonly root: string
  /** Versions as the host tells them. Absent in records of older versions. */
  readonly versions?: Readonly<Partial<Record<'vite' | 'rollup' | 'rolldown', string>>>
  /** Where we stand in the list of plugins. Absent in records of older versions. */
  readonly position?: Position
  /** The folder of the store, relative to the workspace where it is inside, when it held nothing at the start. */
  readonly newStore?: string | undefined
  /** Bytes that the store may have. Absent in records of older versions. */
  readonly maxSize?: number
  /** Milliseconds from the first hook to the record. Absent in records of older versions. */
  readonly durationMs?: number
  /** Builds of one process: several configs or environments are one run to their user. */
  readonly run: string
  readonly mode: string
  readonly plugins: readonly HookTally[]
  /** Hook calls of plugins that are not remembered, the most costly first. Absent in records of older versions. */
  readonly others?: readonly OtherCalls[]
  /** Plugins that were left alone, because looking their calls up costs more. Absent in records of older versions. */
  readonly cheap?: readonly Cheap[]
  readonly costs: Costs
  /** The first of the calls that were not reused; none in the first run of a root, when all calls are new. */
  readonly recomputed: readonly Recomputed[]
  /** Parts that differ in every run: why nothing of their plugins is reused. Absent in records of older versions. */
  readonly unstable?: readonly Unstable[]
  /** The first of the calls whose outcome could not be stored. Absent in records of older versions. */
  readonly unstored?: readonly Unstored[]
  /** Outcomes that were withdrawn, because their calls gave others now: the first ones. Absent in records of older versions. */
  readonly differing?: readonly Differing[]
  /** How many there were. */
  readonly differingCount?: number
  readonly unreadable: readonly Unreadable[]
  readonly problems: readonly Fault[]
  readonly seen: readonly SeenCalls[]
  /** Absent where nothing is shared, and in records of older versions. */
  readonly share?: ShareNotes
}

/** How the user put us among the plugins of a build. */
export interface Position {
  /** Plugins that stand before us, but for the host's own. */
  readonly before: readonly string[]
  /** How many of us there are. */
  readonly copies: number
}

export interface NotesFrom {
  readonly start: BuildStart
  readonly place: Place
  readonly subjects: readonly Subject[]
  readonly seen: readonly SeenCalls[]
  readonly recomputed: readonly Recomputed[]
  readonly unstable: readonly Unstable[]
  readonly differing: readonly Differing[]
  readonly others: readonly OtherCalls[]
  readonly cheap: readonly Cheap[]
  readonly unstored: readonly Unstored[]
  readonly identityOf: (subject: Subject) => Identity
  readonly faults: readonly Fault[]
  readonly costs: Costs
  readonly position: Position
  readonly newStore: string | undefined
  readonly durationMs: number
  /** @default those of the subjects */
  readonly tallies?: readonly HookTally[]
}

/** Records stay small. */
const mostDiffering = 1000
const mostUnstored = 5000

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
    versions: versionsOf(start.meta),
    position: from.position,
    newStore: from.newStore,
    maxSize: start.options.maxSize,
    durationMs: from.durationMs,
    run,
    mode: start.options.mode,
    plugins: from.tallies ?? talliesOf(subjects),
    others: from.others,
    cheap: from.cheap,
    costs,
    recomputed,
    unstable,
    unstored: from.unstored.slice(0, mostUnstored),
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

function versionsOf(meta: BuildStart['meta']): Record<string, string> {
  const hosts = ['vite', 'rollup', 'rolldown'].map((name) => [name, meta[`${name}Version`]])
  return Object.fromEntries(hosts.filter(([, version]) => typeof version === 'string'))
}
