import path from 'node:path'
import { openCache, type BuildRecord, type Cache, type Fault, type Input } from '../engine/index.ts'
import { openHasher, type Digest, type Hasher, type NamedParts } from '../key/index.ts'
import {
  createInputs,
  holdPatches,
  inputName,
  keptInputs,
  openDigests,
  type Inputs,
} from '../trace/index.ts'
import { decideOnce, findCheap, type Cheap } from './cheap.ts'
import type { Differing } from './differ.ts'
import { createFreshChecks, type FreshCheck } from './freshCheck.ts'
import { explainMisses, type Explained, type Miss } from './explain.ts'
import type { HostName, HostPlugin, ViteConfig, ViteEnvironment } from './host.ts'
import { openInspector } from '../fingerprint/index.ts'
import { processPackages } from './processPackages.ts'
import { createProject, type Project } from './projects.ts'
import { knownScripts } from './knownScripts.ts'
import { createIdentities, type Identity } from './identity.ts'
import { inputsDigest } from './inputFiles.ts'
import { storeDir, type ResolvedOptions } from './options.ts'
import { createPlace, folderIn, type Place } from './place.ts'
import { positionIn } from './position.ts'
import { buildNotes, talliesOf, type BuildNotes, type Position } from './notes.ts'
import { createOthers, type Others } from './others.ts'
import { createRelocation, type Relocation } from './relocation/index.ts'
import { rememberedOptions } from './remembered.ts'
import type { Resolutions } from './resolutions.ts'
import type { UserContext } from './request.ts'
import type { Share } from '../share/index.ts'
import { createSightings, type SeenNow, type Sightings } from './sightings.ts'
import { createShareClock, type ShareClock } from './shareClock.ts'
import type { Settled } from './settled.ts'
import type { Unstored } from './tally.ts'
import { findLegacyMemory, type LegacyMemory } from './legacyMemory.ts'
import { findStyleMemory, type StyleMemory } from './styleMemory.ts'
import { tallyOf, type Kept, type Subject } from './subject.ts'
import { declareStore } from './taskRunner.ts'
import { countReason, type CallReason, type HookTally } from './tally.ts'

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

/** In a dev server hardly anything is called often, and who verifies wants to see all calls. */
function isCheapLeft({ isDev, options: { mode, verify } }: BuildStart): boolean {
  return !isDev && (mode === 'readwrite' || mode === 'readonly') && verify === 0
}

/** Opens the store and reads what all plugins of the build share. Never throws for a fault of the store. */
export async function startBuild(start: BuildStart): Promise<Build> {
  const { options } = start
  const began = performance.now()
  const place = createPlace(start.root)
  const hasher = await openHasher()
  const dir = storeDir(options, place.root, place.workspaceRoot)
  declareStore(dir)
  const cache = await openCache({
    dir,
    mode: options.mode,
    maxSize: options.maxSize,
    maxAge: options.maxAge,
    verify: options.verify,
  })
  const digests = openDigests(
    path.join(cache.dir, 'digests', hasher.digestText(place.root)),
    hasher.digestText,
  )
  const project = createProject(place, start.config?.publicDir)
  const inputs = createInputs({
    hasher,
    digests,
    toPortable: place.toPortable,
    fromPortable: place.fromPortable,
    project: project.name,
    installsMayChange: start.isDev,
  })
  const fresh = createFreshChecks(inputs)
  const joined = await inputsDigest(options.inputs, place, hasher)

  const subjects: Subject[] = []
  const identities = new Map<Subject, Identity>()
  const refusals = new Map<Subject, { readonly reason: string | undefined }>()
  const contexts = new Map<Subject, UserContext>()
  const memories = new Map<Subject, { readonly found: StyleMemory | undefined }>()
  const legacyMemories = new Map<Subject, { readonly found: LegacyMemory | undefined }>()
  const plugins = new Set<HostPlugin>()
  const problems: Fault[] = []
  const misses: Miss[] = []
  const differing: Differing[] = []
  const unstored: Unstored[] = []
  let differingTold = 0
  const sightings = createSightings()
  const awaited: Promise<void>[] = []
  const sharing = start.share?.begin()
  const packages = processPackages(place.workspaceRoot, hasher, cache.dir)
  const scripts = knownScripts(start, { cache, hasher, inputs }, place)
  const inspector = openInspector({ callers: start.callers, locate: scripts.locate })
  let fingerprintMs = 0
  let check = openCheck()
  let resolutions: Resolutions = new Map()
  let identify: ReturnType<typeof createIdentities> | undefined
  let patches: ReturnType<typeof holdPatches> | undefined
  let ending: Promise<BuildNotes | Error> | undefined
  let position: Position | undefined
  const others = createOthers(() => performance.now())
  const cheap = isCheapLeft(start)
    ? await findCheap(cache.dir, place.toPortable(`${place.root}/`))
    : []
  const leftAlone = new Map<string, Cheap>()

  function readIdentity(subject: Subject): Identity {
    try {
      identify ??= createIdentities({
        ...start,
        ignore: options.ignore,
        place,
        hasher,
        inputs: joined,
        inspector,
        packages,
      })
      return identify(subject)
    } catch (error) {
      noteProblem(error)
      return { parts: {}, unreadable: String(error), showsRoot: () => false }
    }
  }

  function identityOf(subject: Subject): Identity {
    let identity = identities.get(subject)
    if (!identity) {
      identity = start.settled.before(subject, readIdentity(subject), hasher)
      identities.set(subject, identity)
    }
    return identity
  }

  function contextOf(subject: Subject): UserContext {
    let context = contexts.get(subject)
    if (!context) {
      const marked = rememberedOptions(subject.original)
      context = { extra: { ...options.extra, ...marked?.extra }, tags: options.tags }
      contexts.set(subject, context)
    }
    return context
  }

  function openCheck(): FreshCheck {
    return { ...inputs.openCheck(), own: new Set() }
  }

  function lookAgain(): void {
    check = openCheck()
    resolutions = new Map()
  }

  function noteProblem(error: unknown): void {
    problems.push({
      code: 'internal',
      message: error instanceof Error ? error.message : String(error),
    })
  }

  function fingerprintOf(subject: Subject): Digest {
    if (subject.fingerprint === undefined) {
      const began = performance.now()
      subject.fingerprint = hasher.digestOf(identityOf(subject).parts)
      fingerprintMs += performance.now() - began
    }
    return subject.fingerprint
  }

  async function finish(): Promise<BuildNotes> {
    patches?.release()
    if (start.meta['watchMode'] === true) {
      for (const subject of subjects.filter(({ fingerprint }) => fingerprint !== undefined)) {
        start.settled.note(subject, identityOf(subject), readIdentity(subject), hasher)
      }
    }
    scripts.keep(inspector?.located() ?? [])
    await cache.flush()
    await Promise.all(awaited)
    const share = await sharing?.end(await recordToShare())
    const explained = await explain(({ subject, hook }, reason) =>
      countReason(tallyOf(subject, hook), reason),
    )
    const seen = await sightings.keep(cache, hasher, extraOf)
    const notes = { ...notesOf(explained, seen), ...(share && { share }) }
    inspector?.close()
    if (options.mode !== 'readonly' && options.mode !== 'off') {
      digests.save()
      packages.save()
    }
    await cache.close({ ...notes })
    return notes
  }

  /** What this build used and made; nothing where it may not write, or is one of many that follow each other. */
  async function recordToShare(): Promise<BuildRecord | undefined> {
    const isOne = !start.isDev && start.meta['watchMode'] !== true
    if (!start.share || !isOne || options.mode === 'readonly') return undefined
    return await cache.recordNow()
  }

  function explain(count: (miss: Miss, reason: CallReason) => void): Promise<Explained> {
    return explainMisses({
      cache,
      place,
      misses,
      identityOf,
      fingerprintOf,
      inputs,
      hasher,
      extraOf,
      count,
    })
  }

  function extraOf(subject: Subject): NamedParts {
    return contextOf(subject).extra
  }

  function notesOf(
    explained: Explained,
    seen: BuildNotes['seen'],
    tallies?: readonly HookTally[],
  ): BuildNotes {
    return buildNotes({
      start,
      place,
      subjects,
      seen,
      ...explained,
      identityOf,
      differing,
      others: others.list(),
      cheap: [...leftAlone.values()],
      unstored,
      position: position ?? { before: [], copies: 1 },
      newStore: cache.isNew ? folderIn(place.workspaceRoot, dir) : undefined,
      durationMs: Math.round(performance.now() - began),
      costs: { fingerprintMs, inputsMs: inputs.checkedMs },
      faults: [...problems, ...cache.faults],
      ...(tallies && { tallies }),
    })
  }

  async function soFar(): Promise<SoFar> {
    const copies = new Map<HookTally, HookTally>()
    for (const tally of talliesOf(subjects)) {
      const { reasons, notStoredReasons } = tally
      const copy = { reasons: { ...reasons }, notStoredReasons: { ...notStoredReasons } }
      copies.set(tally, { ...tally, ...copy })
    }
    const explained = await explain(({ subject, hook }, reason) => {
      const copy = copies.get(tallyOf(subject, hook))
      if (copy) countReason(copy, reason)
    })
    const notes = notesOf(explained, [], [...copies.values()])
    return { record: await cache.recordNow({ ...notes }), seen: sightings.now(extraOf) }
  }

  async function closeAfter(error: unknown): Promise<Error> {
    await sharing?.end(undefined)
    await cache.close()
    return error instanceof Error ? error : new Error(String(error))
  }

  return {
    start,
    place,
    hasher,
    cache,
    project,
    inputs,
    relocation: createRelocation(place),
    get check() {
      return start.isDev ? fresh.open() : check
    },
    get resolutions() {
      return start.isDev ? new Map() : resolutions
    },
    sharedInputs: fresh.shared,
    lookAgain,
    clock: createShareClock(() => performance.now()),
    others,
    leavesAlone(plugin) {
      const found = decideOnce(
        plugin,
        cheap.find((one) => one.plugin === plugin),
      )
      if (found) leftAlone.set(plugin, found)
      return found !== undefined
    },
    subjects,
    get calls() {
      return talliesOf(subjects).reduce((sum, tally) => {
        return sum + tally.hits + tally.misses + tally.bypassed
      }, 0)
    },
    get ended() {
      return ending !== undefined
    },
    active: false,
    notePosition: (all) => (position ??= positionIn(all, start.host)),
    meets: (plugin) => !plugins.has(plugin) && plugins.add(plugin) !== undefined,
    add: (subject) => subjects.push(subject),
    keptBy(name) {
      const kept = keptInputs(name)
      const set = kept.length > 0 ? cache.inputSet(undefined, kept) : undefined
      return {
        set,
        names: new Set(kept.map(inputName)),
        fresh: [],
        running: new Set(),
        calls: 0,
        named: new Set(),
        unnamed: new Map(),
      }
    },
    startOutput() {
      lookAgain()
      for (const subject of subjects.filter(({ timing }) => timing === 'output')) {
        subject.fingerprint = undefined
        identities.delete(subject)
        refusals.delete(subject)
      }
    },
    fingerprintOf,
    rootOf: (subject, id) => (identityOf(subject).showsRoot(id) ? place.workspaceRoot : undefined),
    namedPartsOf: (subject) => identityOf(subject).parts,
    witnessOf: (subject) => identityOf(subject).witness,
    freeOf: (subject) => identityOf(subject).free,
    refuses(subject) {
      let refused = refusals.get(subject)
      if (refused === undefined) {
        const { parts, unreadable } = identityOf(subject)
        refused = { reason: unreadable ?? subject.policy.refuseParts?.(parts) }
        refusals.set(subject, refused)
      }
      return refused.reason
    },
    userContext: contextOf,
    styleMemoryOf(subject) {
      let memory = memories.get(subject)
      if (!memory) {
        memory = { found: findStyleMemory(inspector, subject.original, start.environment) }
        memories.set(subject, memory)
      }
      return memory.found
    },
    legacyMemoryOf(subject) {
      let memory = legacyMemories.get(subject)
      if (!memory) {
        memory = { found: findLegacyMemory(inspector, subject.original) }
        legacyMemories.set(subject, memory)
      }
      return memory.found
    },
    holdPatches() {
      patches ??= holdPatches()
    },
    noteProblem,
    noteMiss: (miss) => misses.push(miss),
    noteDiffering: (each) => differing.push(each),
    takeDiffering() {
      const untold = differing.slice(differingTold)
      differingTold = differing.length
      return untold
    },
    noteSeen: sightings.note,
    noteUnstored: (each) => unstored.push(each),
    await: (work) => awaited.push(work),
    flush: () => cache.flush(),
    soFar,
    end: () => (ending ??= finish().catch((error: unknown) => closeAfter(error))),
  }
}
