import type { Digest } from '../key/index.ts'
import type { CachePolicy, HookName } from '../policies/index.ts'
import type { AnyFunction, HostPlugin } from './host.ts'
import { createTally, type HookTally } from './tally.ts'

/** One plugin instance in one build: who it is, and what it may have kept from earlier calls. */
export interface Subject {
  readonly name: string
  readonly policy: CachePolicy
  /** The plugin as the user or host made it; the host may run a clone. */
  readonly original: HostPlugin
  /** Taken before the first module; stands for its code, its options and what it sees of the host's config. */
  fingerprint: Digest | undefined
  /** Everything its originals looked at outside the module at hand: it may have kept it for later calls. */
  kept: Digest | undefined
  readonly keptInputs: Set<string>
  /** Calls answered from the store, by file: what has to be run before an original of that file. */
  readonly answered: Map<string, Answered[]>
  readonly hydrating: Map<string, Promise<void>>
  readonly tallies: Map<HookName, HookTally>
}

export interface Answered {
  readonly original: AnyFunction
  readonly args: readonly unknown[]
}

export function createSubject(name: string, policy: CachePolicy, original: HostPlugin): Subject {
  return {
    name,
    policy,
    original,
    fingerprint: undefined,
    kept: undefined,
    keptInputs: new Set(),
    answered: new Map(),
    hydrating: new Map(),
    tallies: new Map(),
  }
}

export function tallyOf(subject: Subject, hook: HookName): HookTally {
  let tally = subject.tallies.get(hook)
  if (!tally) subject.tallies.set(hook, (tally = createTally(subject.name, hook)))
  return tally
}
