import path from 'node:path'
import { openCache, type BuildRecord, type Fault } from '../engine/index.ts'
import { openHasher, type NamedParts } from '../key/index.ts'
import { createInputs, holdPatches, inputName, keptInputs, openDigests } from '../trace/index.ts'
import { decideOnce, findCheap, type Cheap } from './cheap.ts'
import type { Differing } from './differ.ts'
import { createFreshChecks, type FreshCheck } from './freshCheck.ts'
import { explainMisses, type Explained, type Miss } from './explain.ts'
import type { HostPlugin } from './host.ts'
import { openInspector } from '../fingerprint/index.ts'
import { processPackages } from './processPackages.ts'
import { createProject } from './projects.ts'
import { knownScripts } from './knownScripts.ts'
import { createKnowledge } from './knowledge.ts'
import { inputsDigest } from './inputFiles.ts'
import { storeDir } from './options.ts'
import { createPlace, folderIn } from './place.ts'
import { positionIn } from './position.ts'
import { buildNotes, talliesOf, type BuildNotes, type Position } from './notes.ts'
import { createOthers } from './others.ts'
import { createRelocation } from './relocation/index.ts'
import type { Resolutions } from './resolutions.ts'
import { createSightings } from './sightings.ts'
import { createShareClock } from './shareClock.ts'
import type { Unstored } from './tally.ts'
import { tallyOf, type Subject } from './subject.ts'
import { declareStore } from './taskRunner.ts'
import { countReason, type CallReason, type HookTally } from './tally.ts'
import type { Build, BuildStart, SoFar } from './build.ts'

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
  await declareStore(dir)
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
  const knowledge = createKnowledge({
    start,
    place,
    hasher,
    inspector,
    packages,
    inputs: joined,
    onProblem: noteProblem,
  })
  const { identityOf, fingerprintOf, refuses, userContext } = knowledge
  let check = openCheck()
  let resolutions: Resolutions = new Map()
  let patches: ReturnType<typeof holdPatches> | undefined
  let ending: Promise<BuildNotes | Error> | undefined
  let position: Position | undefined
  const others = createOthers(() => performance.now())
  const cheap = isCheapLeft(start)
    ? await findCheap(cache.dir, place.toPortable(`${place.root}/`))
    : []
  const leftAlone = new Map<string, Cheap>()

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

  async function finish(): Promise<BuildNotes> {
    patches?.release()
    if (start.meta['watchMode'] === true) {
      for (const subject of subjects.filter(({ fingerprint }) => fingerprint !== undefined)) {
        start.settled.note(subject, identityOf(subject), knowledge.readAgain(subject), hasher)
      }
    }
    scripts.keep(inspector?.located() ?? [])
    await cache.flush()
    await Promise.all(awaited)
    const share = await sharing?.end(await recordToShare())
    const told = performance.now()
    const explained = await explain(({ subject, hook }, reason) =>
      countReason(tallyOf(subject, hook), reason),
    )
    const seen = await sightings.keep(cache, hasher, extraOf)
    const recordMs = performance.now() - told
    const notes = { ...notesOf(explained, seen, { recordMs }), ...(share && { share }) }
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
    return userContext(subject).extra
  }

  function notesOf(
    explained: Explained,
    seen: BuildNotes['seen'],
    { tallies, recordMs }: { tallies?: readonly HookTally[]; recordMs?: number },
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
      costs: {
        fingerprintMs: knowledge.fingerprintMs,
        inputsMs: inputs.checkedMs,
        ...(recordMs !== undefined && { recordMs }),
      },
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
    const notes = notesOf(explained, [], { tallies: [...copies.values()] })
    return { record: await cache.recordNow({ ...notes }), seen: sightings.now(hasher, extraOf) }
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
        knowledge.forgetIdentity(subject)
      }
    },
    fingerprintOf,
    rootOf: (subject, id) => (identityOf(subject).showsRoot(id) ? place.workspaceRoot : undefined),
    namedPartsOf: (subject) => identityOf(subject).parts,
    witnessOf: (subject) => identityOf(subject).witness,
    freeOf: (subject) => identityOf(subject).free,
    refuses,
    userContext,
    styleMemoryOf: knowledge.styleMemoryOf,
    legacyMemoryOf: knowledge.legacyMemoryOf,
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
