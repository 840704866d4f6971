import type { Input } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import type { CachePolicy, HookName } from '../policies/index.ts'
import type { KnownCallees } from './callee.ts'
import type { AnyFunction, HostPlugin } from './host.ts'
import type { RunningCall, Unnamed } from './looks.ts'
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
  /** Calls answered from the store, by file: what has to be run before an original of that file. */
  readonly answered: Map<string, Answered[]>
  readonly hydrating: Map<string, Promise<void>>
  /** By file: the calls for other files that asked `this.resolve` for it, with digests of their code. */
  readonly linked: Map<string, Map<string, Digest>>
  readonly tallies: Map<HookName, HookTally>
  readonly callees: Map<HookName, KnownCallees>
}

export interface Answered {
  readonly original: AnyFunction
  readonly args: readonly unknown[]
}

export function createSubject(
  name: string,
  policy: CachePolicy,
  original: HostPlugin,
  timing: Timing,
  kept: Kept,
): Subject {
  return {
    name,
    policy,
    original,
    fingerprint: undefined,
    timing,
    kept,
    answered: new Map(),
    hydrating: new Map(),
    linked: new Map(),
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
