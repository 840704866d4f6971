import type { Input } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import type { CachePolicy, HookName } from '../policies/index.ts'
import type { KnownCallees } from './callee.ts'
import type { AnyFunction, HookContext, HostPlugin } from './host.ts'
import type { RunningCall, Unnamed } from './looks.ts'
import type { Place } from './place.ts'
import { createTally, type HookTally } from './tally.ts'

/**
 * When a plugin's options are final: before the first module; at its first call,
 * for one whose `buildStart` runs after ours; or anew for each output, for one
 * that is told of outputs (`renderStart`, `outputOptions`) and chunks.
 */
export type Timing = 'start' | 'first call' | 'output'

/** Everything a plugin's originals looked at outside the module at hand: it may have kept it for later calls. */
export interface Kept {
  set: Digest | undefined
  readonly names: Set<string>
  /** Looked at since `set` was named, by calls that may still run: others may use it already. */
  readonly fresh: Input[]
  readonly running: Set<RunningCall>
  /** How many there were so far. */
  calls: number
  /** Files that calls named by `addWatchFile`, and what they looked at without having named it (`namesFiles`). */
  readonly named: Set<string>
  readonly unnamed: Map<string, Unnamed>
}

/** One plugin instance in one build: who it is, and what it may have kept from earlier calls. */
export interface Subject {
  readonly name: string
  readonly policy: CachePolicy
  /** The plugin as the user or host made it; the host may run a clone. */
  readonly original: HostPlugin
  /** Stands for its code, its options and what it sees of the host's config. */
  fingerprint: Digest | undefined
  readonly timing: Timing
  readonly kept: Kept
  readonly memory: Memory
  readonly hydrating: Map<string, Promise<void>>
  readonly tallies: Map<HookName, HookTally>
  readonly callees: Map<HookName, KnownCallees>
}

/**
 * What the state of a plugin depends on that we know of. It lasts for one build; in a watcher that
 * keeps its modules (Rollup's), whose later builds run no hook for most of them, for all of them.
 */
export interface Memory {
  /** By file: the calls answered from the store, each as it was last, which have to be run before an original of that file. */
  readonly answered: Map<string, Map<string, Answered>>
  /** By file: the calls for other files that asked `this.resolve` for it, with digests of their code. */
  readonly linked: Map<string, Map<string, Digest>>
  /** By hook and id: the same the other way round. */
  readonly asks: Map<string, { readonly id: string; readonly files: ReadonlySet<string> }>
  /** By file: what its own `transform` was given, or its digest. */
  readonly given: Map<string, { readonly code: string } | { readonly digest: Digest }>
}

export interface Answered {
  readonly hook: HookName
  /** Of the module that the call was for. */
  readonly id: string
  readonly original: AnyFunction
  readonly args: readonly unknown[]
  /** Only in a dev server, where the call may have to run after its file has changed. */
  readonly moment?: Moment | undefined
}

/** What a call that was answered from the store found when it came. */
export interface Moment {
  /** Its own: the one that needs it later is told of a file, not of a module. */
  readonly context: HookContext
  /** The file behind its id, and what was in it; undefined when there was none or it could not be read. */
  readonly file: string | undefined
  readonly content: Buffer | undefined
  /** The files and folders that its result depends on, besides what its plugin may have kept (freshCheck.ts). */
  readonly places: ReadonlySet<string>
}

export function createMemory(): Memory {
  return { answered: new Map(), linked: new Map(), asks: new Map(), given: new Map() }
}

/** Lets go of calls for modules that are no longer part of the build. */
export function forget(
  { subjects, place }: { readonly subjects: readonly Subject[]; readonly place: Place },
  modules: Iterable<string>,
): void {
  const ids = new Set(modules)
  const portableIds = new Set(Array.from(ids, place.toPortable))
  for (const { memory } of subjects) {
    prune(memory.answered, (_, { id }) => ids.has(id))
    prune(memory.linked, (asker) => portableIds.has(asker))
    for (const [name, { id }] of memory.asks) if (!ids.has(id)) memory.asks.delete(name)
    for (const file of memory.given.keys()) if (!ids.has(file)) memory.given.delete(file)
  }
}

function prune<Value>(
  byFile: Map<string, Map<string, Value>>,
  isWanted: (name: string, value: Value) => boolean,
): void {
  for (const [file, values] of byFile) {
    for (const [name, value] of values) if (!isWanted(name, value)) values.delete(name)
    if (values.size === 0) byFile.delete(file)
  }
}

export function createSubject(
  known: Pick<Subject, 'name' | 'policy' | 'original' | 'timing' | 'kept' | 'memory'>,
): Subject {
  return {
    ...known,
    fingerprint: undefined,
    hydrating: new Map(),
    tallies: new Map(),
    callees: new Map(),
  }
}

export function tallyOf(subject: Subject, hook: HookName): HookTally {
  let tally = subject.tallies.get(hook)
  if (!tally) subject.tallies.set(hook, (tally = createTally(subject.name, hook)))
  return tally
}

/** When the options of a plugin are final for one of its hooks. */
export function timingOf(
  { buildStart, renderStart, outputOptions }: HostPlugin,
  hook: HookName,
): Timing {
  if (hook === 'renderChunk' && (renderStart ?? outputOptions)) return 'output'
  const isLast = (buildStart as { order?: unknown } | undefined)?.order === 'post'
  return isLast ? 'first call' : 'start'
}
