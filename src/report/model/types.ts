import type { Input } from '../../engine/index.ts'
import type {
  CallReason,
  Costs,
  Differing,
  OtherCalls,
  Unreadable,
  Unstable,
} from '../../plugin/index.ts'
import type { Totals } from '../total.ts'

/** What a store tells of its builds, as plain data. `format` changes when a field changes its meaning. */
export interface Report {
  readonly format: 1
  /** ISO 8601. */
  readonly createdAt: string
  readonly store: StoreReport
  /** The last run, or the one that goes on; undefined when no build is recorded. */
  readonly run: RunReport | undefined
  /** Oldest first; all builds of one process are one run. */
  readonly runs: readonly RunSummary[]
}

export interface StoreReport {
  /** Bytes of all packs. */
  readonly size: number
  readonly packs: number
  /** Results of hook calls, and what explains them. */
  readonly entries: number
}

export interface RunSummary extends Pick<
  Totals,
  'hits' | 'misses' | 'bypassed' | 'notStored' | 'savedMs' | 'spentMs'
> {
  /** ISO 8601, when its first build began. */
  readonly startedAt: string
  /** From the start of its first build to the end of its last one. */
  readonly durationMs: number
  /** What originals cost that ran; absent when its records do not tell. */
  readonly computedMs?: number
}

export interface RunReport extends Totals {
  readonly startedAt: string
  readonly durationMs: number
  /** It is not over: a dev server's session. */
  readonly isLive: boolean
  readonly host: string
  readonly node: string
  /** Of vite-plugin-remember. */
  readonly version: string
  readonly builds: readonly BuildReport[]
  /** One for each plugin and hook, in the order of the host's list. */
  readonly plugins: readonly PluginReport[]
  /** Hook calls of plugins that are not remembered, most time first. */
  readonly others: readonly OtherCalls[]
  readonly modules: readonly ModuleReport[]
  readonly costs: Costs
  readonly unstable: readonly Unstable[]
  readonly unreadable: readonly Unreadable[]
  readonly differing: readonly Differing[]
  readonly problems: readonly string[]
}

/** One build of a run: a config, an environment. */
export interface BuildReport {
  /** Of its build record. */
  readonly id: string
  readonly environment: string | undefined
  /** Relative to the workspace: `<root>/apps/site/`. */
  readonly root: string
  readonly mode: string
  readonly startedAt: string
  readonly durationMs: number
}

export interface PluginReport extends Totals {
  readonly plugin: string
  readonly hook: string
  /** What its originals cost that ran in this run. */
  readonly computedMs: number
}

/** A module or a chunk, and the remembered hook calls for it. */
export interface ModuleReport {
  /** Portable: `<root>/src/App.vue?vue&type=style`; the file name of a chunk. */
  readonly id: string
  /** In the order in which hosts make them: `load`, `transform` by plugin, `renderChunk`. */
  readonly calls: readonly CallReport[]
}

/**
 * `reused`: answered from the store. `new`: computed and stored. `not stored`: computed, and could
 * not be stored. `gone`: it was called, and nothing of it is in the store now.
 */
export type CallState = 'reused' | 'new' | 'not stored' | 'gone'

export interface CallReport {
  readonly plugin: string
  readonly hook: string
  /** Index in the run's `builds`. */
  readonly build: number
  readonly state: CallState
  /** Times it was answered from the store; also of a new one, that a later output asks for. */
  readonly uses: number
  /** What names its entry; absent when there is none. */
  readonly key?: string
  /** Tells the entries of one key apart. */
  readonly variant?: string
  /** What computing it cost: now when it is new, in an earlier build when it is reused. */
  readonly computeMs?: number
  /** Bytes of the stored result. */
  readonly size?: number
  /** Why it was computed, or not stored. Absent when that is not recorded for each call. */
  readonly reason?: CallReason | 'not_stored'
  /** The same in words, with what it was and what it is: `options.mode: "a" → "b"`. */
  readonly cause?: string
}

/** Everything that is stored of the calls for one module. */
export interface ModuleDetails {
  readonly id: string
  readonly calls: readonly CallDetails[]
}

export interface CallDetails extends CallReport {
  readonly before: CodeBefore
  /** The code that the call gave; absent where it gave none or nothing is stored. */
  readonly after?: string
  /** What else the result holds, e.g. `map`, `moduleSideEffects: false`. */
  readonly fields: readonly string[]
  /** What it did besides, in order: `addWatchFile <root>/src/types.ts`. */
  readonly effects: readonly string[]
  /** What it observed itself. */
  readonly inputs: readonly Input[]
  /** What its plugin observed before, and may have kept. */
  readonly sharedInputs: readonly Input[]
  /** Parts of the key of this call alone. What stands for the plugin is named by `identity`. */
  readonly parts: readonly NamedPart[]
  /** Names the plugin's own parts: see `readIdentity`. */
  readonly identity?: string
  /** ISO 8601. */
  readonly storedAt?: string
  /** Id of the build that stored it. */
  readonly storedBy?: string
  readonly tags: readonly string[]
}

/**
 * The code that a call was given. It is not stored: a text that is at hand (the file, the result of
 * another call) is it when its digest is the one that the entry has. Else it says why there is none.
 */
export type CodeBefore =
  | { readonly code: string; readonly from: string }
  | { readonly missing: string }

export interface NamedPart {
  readonly path: string
  readonly value: string
}
