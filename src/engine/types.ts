import type { Digest, KeyDigest, NamedParts } from '../key/index.ts'
import type { BuildRecord } from './builds.ts'
import type { Difference } from './difference.ts'
import type { Dropped } from './dropped.ts'

/** What names a result: equal requests stand for equivalent results (docs/equivalence.md). */
export interface RememberRequest {
  /** Who asks; keeps two callers with equal parts apart. */
  readonly namespace: string
  /** Labelled plain data; all of it joins the key. */
  readonly parts: NamedParts
  /** The user's own labelled plain data; joins the key. Absent and `{}` give the same key. */
  readonly extra?: NamedParts | undefined
  /** Joined to the entry's tags, whoever stored it. Not part of the key. */
  readonly tags?: readonly string[] | undefined
  /** For people only (reports, `remember ls`). Not part of the key. */
  readonly label?: string | undefined
}

/**
 * One thing observed while a value was computed, and what it was then, e.g.
 * `{ kind: 'file', name: 'src/types.ts', value: '9f86…' }`. The engine stores
 * and compares inputs but does not know the kinds: `InputCheck.holds` does.
 */
export interface Input {
  readonly kind: string
  readonly name: string
  readonly value: string
}

/** Tells, at look-up, whether observed inputs are still what they were. */
export interface InputCheck {
  /**
   * True when the input still has the value it had. Never throws; unknown kinds give false. A
   * promise when that can't be told at once: the look-up begins anew when it is settled (it must
   * not reject), and the answer must be there then. Inputs in shared sets must be told at once.
   */
  holds(input: Input): boolean | Promise<unknown>
  /**
   * Answers for whole shared sets, kept by the engine: `null` when the set holds, else the first input that does not.
   * Give a new map whenever files may have changed (one per build).
   */
  readonly sets: Map<Digest, Input | null>
}

/** Handed to `compute`: how it tells the engine what it used, and whether its result may be kept. */
export interface Recorder {
  /** An input of this call alone. */
  input(input: Input): void
  /** A set of inputs shared by many calls, as `Cache.inputSet` named it. */
  inputs(set: Digest): void
  /** This result must not be stored. The first reason wins. */
  refuse(reason: string): void
  /** What the computation cost, in milliseconds, where time passed is not it: many may run at once. */
  took(ms: number): void
  /** A short text that is kept beside the value, for reports. No part of the key or the trace. */
  note(text: string): void
}

export interface RememberOptions {
  /** Without it, an entry that has inputs is never a hit. */
  readonly check?: InputCheck | undefined
  /**
   * Compares a stored value with the one computed now, when their bytes differ: undefined when they
   * come to the same. Without it, other bytes are another value.
   */
  readonly differ?: ((stored: unknown, fresh: unknown) => Difference | undefined) | undefined
  /** Told of an entry that is withdrawn because its computation gives another value now, or throws. */
  readonly onMismatch?: ((difference: Difference) => void) | undefined
}

/** Why a look-up found nothing to reuse. */
export type MissReason =
  | { readonly reason: 'first_seen' }
  | { readonly reason: 'input_changed'; readonly input: Input }
  | { readonly reason: 'damaged'; readonly detail: string }
  | { readonly reason: 'refresh' }
  /** Computed again, for mode `verify` or a sample: the stored value was not what `compute` gives now. */
  | { readonly reason: 'verify_mismatch'; readonly difference: Difference }
  | { readonly reason: 'off' }

/**
 * How storing ended. `value` is the canonical value: for `already_exists` and
 * `race_lost` it is what the first writer stored, else what was computed.
 */
export type Committed<T> =
  | { readonly status: 'stored'; readonly value: T }
  | { readonly status: 'already_exists'; readonly value: T }
  | { readonly status: 'race_lost'; readonly value: T }
  | { readonly status: 'not_stored'; readonly value: T; readonly reason: string }

export type Remembered<T> =
  | {
      readonly status: 'hit'
      readonly key: KeyDigest
      readonly value: T
      /** How long the first computation took, in milliseconds. */
      readonly savedMs: number
      /** Computed again and found to be the same. */
      readonly verified?: true
      /** Resolved already: `already_exists`. */
      readonly committed: Promise<Committed<T>>
    }
  | {
      readonly status: 'miss'
      readonly key: KeyDigest
      readonly value: T
      readonly why: MissReason
      /** How long `compute` took, in milliseconds. */
      readonly computeMs: number
      readonly committed: Promise<Committed<T>>
    }

export type Mode = 'readwrite' | 'readonly' | 'refresh' | 'verify' | 'off'

/** Something that went wrong with the store or with an assumption, for the report. Never thrown. */
export interface Fault {
  /** `store_unavailable`, `damaged`, `write_failed`, `non_deterministic`, … */
  readonly code: string
  readonly message: string
  readonly label?: string | undefined
}

export interface OpenCacheOptions {
  /** Folder of the store, e.g. `node_modules/.cache/vite-plugin-remember/v1`. Made when missing. */
  readonly dir: string
  /** @default 'readwrite' */
  readonly mode?: Mode | undefined
  /** Bytes; the least recently used entries go first. @default 2 GiB */
  readonly maxSize?: number | undefined
  /** Milliseconds since last use. @default 30 days */
  readonly maxAge?: number | undefined
  /** Share of the hits that are computed again and compared, as mode `verify` does with all. @default 0 */
  readonly verify?: number | undefined
  /** Milliseconds since 1970, for tests. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** What is known of one stored entry: creation facts never change, the rest is folded from build records. */
export interface EntryFacts {
  readonly key: KeyDigest
  readonly namespace: string
  readonly label: string
  readonly createdAt: number
  readonly computeMs: number
  /** Id of the build record of the session that stored it. */
  readonly build: string
  /** Bytes of the stored value. */
  readonly size: number
  /** Set union of all tags ever given, in code unit order. */
  readonly tags: readonly string[]
  readonly hits: number
  /** Milliseconds since 1970. */
  readonly lastUsed: number
  /** What its computation noted, e.g. what it was given; mostly empty. */
  readonly note: string
}

/** One user's view of a store; every view of one `dir` in a process shares what is pending and in flight. */
export interface Cache {
  readonly dir: string
  /** True when the store held nothing as this session opened it. */
  readonly isNew: boolean
  /** Names this session's build record. */
  readonly build: string
  readonly faults: readonly Fault[]
  /** Returns the stored value of an equal request, or computes it and stores it. Throws only what `compute` throws and for requests that are no plain data. */
  remember<T>(
    request: RememberRequest,
    compute: (recorder: Recorder) => T | Promise<T>,
    options?: RememberOptions,
  ): Promise<Remembered<T>>
  /**
   * As `remember`, but a hit is answered at once, without a promise: for those who ask thousands of
   * times. Throws at once what `remember` rejects with for requests that are no plain data.
   */
  rememberNow<T>(
    request: RememberRequest,
    compute: (recorder: Recorder) => T | Promise<T>,
    options?: RememberOptions,
  ): Remembered<T> | Promise<Remembered<T>>
  /**
   * Names a growing set of inputs: `parent` and what was observed since. Stored
   * as a blob, so that a thousand calls that share a history share its bytes.
   */
  inputSet(parent: Digest | undefined, added: readonly Input[]): Digest
  /** Commits all that is pending. Never throws. */
  flush(): Promise<void>
  /**
   * Flushes, writes this session's build record with `notes` under its own
   * names, and prunes when limits ask for it. Never throws. The first call counts.
   */
  close(notes?: Readonly<Record<string, unknown>>): Promise<void>
  /** The build record as it would be now, with all that is pending committed; nothing is written of it. */
  recordNow(notes?: Readonly<Record<string, unknown>>): Promise<BuildRecord>
  /** All live entries, oldest first. */
  entries(): Promise<readonly EntryFacts[]>
  facts(key: KeyDigest): Promise<EntryFacts | undefined>
  /** When and why the entries of a key went, as far as the store keeps books on it. */
  dropped(key: KeyDigest): Dropped | undefined
}
