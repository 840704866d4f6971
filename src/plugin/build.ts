import type { BuildRecord, Cache, Input } from '../engine/index.ts'
import type { Digest, Hasher } from '../key/index.ts'
import type { Inputs } from '../trace/index.ts'
import type { Differing } from './differ.ts'
import type { FreshCheck } from './freshCheck.ts'
import type { Miss } from './explain.ts'
import type { HostName, HostPlugin, ViteConfig, ViteEnvironment } from './host.ts'
import type { Project } from './projects.ts'
import type { Identity } from './identity.ts'
import type { ResolvedOptions } from './options.ts'
import type { Place } from './place.ts'
import type { BuildNotes } from './notes.ts'
import type { Others } from './others.ts'
import type { Relocation } from './relocation/index.ts'
import type { Resolutions } from './resolutions.ts'
import type { UserContext } from './request.ts'
import type { Share } from '../share/index.ts'
import type { SeenNow, Sightings } from './sightings.ts'
import type { ShareClock } from './shareClock.ts'
import type { Settled } from './settled.ts'
import type { Unstored } from './tally.ts'
import type { LegacyMemory } from './legacyMemory.ts'
import type { StyleMemory } from './styleMemory.ts'
import type { Kept, Subject } from './subject.ts'

/** What the host tells of a build as it starts. */
export interface BuildStart {
  readonly host: HostName
  readonly options: ResolvedOptions
  readonly meta: Readonly<Record<string, unknown>>
  readonly config: ViteConfig | undefined
  readonly environment: ViteEnvironment | undefined
  /** Vite's dev server: files are edited while it runs, and one list of plugins serves all environments. */
  readonly isDev: boolean
  /** The dev server itself, as plugins got it. */
  readonly server: object | undefined
  readonly inputOptions: object
  readonly configFiles: readonly string[]
  readonly root: string
  /** Undefined where nothing is shared with other machines. */
  readonly share: Share | undefined
  /** What a watcher's build before this one told of the plugins; by their originals. */
  readonly settled: Settled
  /** `NODE_ENV` when the plugin was made, about when the config's packages were loaded: many pick one of two files by it. */
  readonly nodeEnvAtLoad: string | undefined
  /** Scripts that were on the stack when the plugin was made, by V8's id. */
  readonly callers: ReadonlyMap<string, string>
}

/** One build of one host: from its `options` hook to the end of its last output. */
export interface Build {
  readonly start: BuildStart
  readonly place: Place
  readonly hasher: Hasher
  readonly cache: Cache
  readonly project: Project
  readonly inputs: Inputs
  readonly relocation: Relocation
  /** In a dev server another one for each who asks. */
  readonly check: FreshCheck
  readonly resolutions: Resolutions
  /** Only in a dev server: inputs in sets that were looked at, by place. */
  readonly sharedInputs: ReadonlyMap<string, Input>
  /** Files may have changed since they were last looked at: a host builds again for another output. */
  lookAgain(): void
  readonly clock: ShareClock
  readonly others: Others
  /** True for a plugin that is to be left alone, by its name: the last run tells that its calls cost less than their look-ups. */
  leavesAlone(plugin: string): boolean
  readonly subjects: readonly Subject[]
  readonly ended: boolean
  /** Notes where we stand among the plugins; the first list counts. */
  notePosition(plugins: readonly HostPlugin[]): void
  /** False for a plugin that this build met before, in another of the host's lists. */
  meets(plugin: HostPlugin): boolean
  /** Names a plugin that is to be remembered. */
  add(subject: Subject): void
  /** What plugins of this name looked at in earlier builds of the process. */
  keptBy(name: string): Kept
  /** Another output begins: plugins that are told of it may have changed, files too. */
  startOutput(): void
  /** True between the start of the modules or of an output and its end: no call is ours to answer otherwise. */
  active: boolean
  /** Names the plugin as it is now; taken once, at the latest at its first call. */
  fingerprintOf(subject: Subject): Digest
  /** The workspace root, for an id that this instance tells from others by where the checkout is. */
  rootOf(subject: Subject, id: string): string | undefined
  namedPartsOf(subject: Subject): Identity['parts']
  witnessOf(subject: Subject): Identity['witness']
  freeOf(subject: Subject): Identity['free']
  /** Why this instance is not remembered: it can't be named, or its policy refuses it by its named parts. */
  refuses(subject: Subject): string | undefined
  userContext(subject: Subject): UserContext
  /** What Vite keeps of this plugin's style sheets; nothing where it was not found. */
  styleMemoryOf(subject: Subject): StyleMemory | undefined
  /** What plugin-legacy notes; nothing where it was not found. */
  legacyMemoryOf(subject: Subject): LegacyMemory | undefined
  /** Keeps the observers of the process installed until the build ends. */
  holdPatches(): void
  /** A look-up that found nothing to reuse; explained at the end. */
  noteMiss(miss: Miss): void
  noteSeen: Sightings['note']
  noteUnstored(unstored: Unstored): void
  /** A stored outcome that was withdrawn, because its call gave another one when it ran again. */
  noteDiffering(differing: Differing): void
  /** Those since the last time. */
  takeDiffering(): readonly Differing[]
  /** A fault of ours: the build goes on as if there were no cache. */
  noteProblem(error: unknown): void
  /** Lets the end of the build wait for a promise that never rejects. */
  await(work: Promise<void>): void
  /** Commits all that is pending. */
  flush(): Promise<void>
  /** How many hook calls there were until now. */
  readonly calls: number
  /** What the record would say now, for who looks at a build that is not over. */
  soFar(): Promise<SoFar>
  /** Writes the build record. The first call counts; later ones wait for it. Never rejects: the error, when a fault of ours keeps the record from being written. */
  end(): Promise<BuildNotes | Error>
}

/** A build that is not over. */
export interface SoFar {
  readonly record: BuildRecord
  /** In the place of the record's own `seen`, which names stored lists. */
  readonly seen: readonly SeenNow[]
}
