import type { ProjectUse } from './projects.ts'

/** The hooks of other plugins whose calls can be remembered. */
export type HookName = 'load' | 'transform' | 'renderChunk'

/** What a policy may look at to refuse one call before anything is looked up. */
export interface PolicyCall {
  readonly hook: HookName
  /** Module id, or the chunk's file name for `renderChunk`. */
  readonly id: string
  /** Incoming code; undefined for `load`. */
  readonly code: string | undefined
}

/**
 * Which calls depend on what one call looked at. `plugin`: all later ones, for
 * it may have been kept. `chain`: those that look at it or at a file that led
 * to it, because the plugin makes the first step anew for each file. `running`:
 * those that run just then, because the plugin looks anew for each call; which
 * of them it is for its tools mix up (Sass does all its work in the asynchronous
 * context of one of them). `named`: while it is absent, those for which the
 * policy's `inputs` names it.
 */
export type LookScope = 'plugin' | 'chain' | 'running' | 'named'

/** Where a policy may look for files that tracing can't see. Absolute paths throughout. */
export interface PolicyPlace {
  /** The host's root: Vite's `root`, else the working directory. */
  readonly root: string
  readonly workspaceRoot: string
}

/**
 * What Vite replaces in code. Often holds a commit or a time, and of Vite's own
 * plugins (8.3.8, 7.3.8) only those that replace it read it.
 */
export const replacements: readonly string[] = ['define', 'env']

/** The variables that a function captured, live, those of its module among them. Empty for what is no function. */
export type See = (fn: unknown) => Readonly<Record<string, unknown>>

export interface Witnessed {
  readonly see: See
  /** The function of the first remembered hook, as its author made it. */
  readonly hook: unknown
  /** The user names the plugin in `include`. */
  readonly vouched: boolean
}

/** What only the live variables of one instance tell, for state that outlasts its calls. */
export interface Witness {
  /** Objects that say nothing of the plugin's options, with the label that stands for each. */
  readonly opaque: ReadonlyMap<object, string>
  /** Paths of named parts that a run changes, or that reach no module. */
  readonly leftOut: readonly string[]
  /** Tells why this call must not be remembered, or nothing. */
  readonly refuses?: (call: PolicyCall) => string | undefined
  /** Joins the key of a call. */
  readonly parts?: (call: PolicyCall) => Promise<Readonly<Record<string, unknown>>>
  /** An original begins. What comes back is told its code, and tells why that must not be stored, or nothing. */
  readonly watch?: (call: PolicyCall) => (code: string) => string | undefined
  /** Leaves behind what the original would have; false when that can't be done, and the original has to run. */
  readonly replay?: (code: string) => boolean
}

/** What docs/policies.md says of every plugin that is known. */
interface Known {
  /** The plugin's `name`. */
  readonly plugin: string | RegExp
  /** Versions whose source this was read in; nothing enforces it. */
  readonly checked: string
  /** The reason of the verdict, as read there. */
  readonly why: string
}

/** Calls to which a hook answers nothing, and by which it leaves nothing behind that it would not make again. */
export interface IdleCalls {
  readonly hook: HookName
  readonly id: RegExp
  /** The hook's whole source as this was read in it, blanks apart; for one of another source nothing is idle. */
  readonly source: string
}

/** What is known of one plugin: may its hook calls be remembered, and what must join their keys. */
export interface CachePolicy extends Known {
  readonly verdict: 'cache'
  readonly hooks: readonly HookName[]
  /** Packages (resolved from the root) whose versions, with all below them, stand for the plugin's code. */
  readonly packages: readonly string[]
  /** In words for docs/policies.md: what its results depend on besides code, options, versions, and what is seen being read. */
  readonly inputsSay?: string
  /** In words for docs/policies.md: which of its calls always run. */
  readonly except?: string
  /** `file`: later hooks read what earlier calls for the same file left behind, so originals are hydrated. */
  readonly state: 'none' | 'file'
  /**
   * Environment variables that matter though a child process or native code reads them. With
   * them named, a walk over the whole environment (to start that process) is no input.
   */
  readonly env?: readonly string[]
  /** Names that the plugin's options and config files give packages, e.g. `env` for `@babel/preset-env`. */
  readonly nameForms?: (name: string) => readonly string[]
  /** True when this resolved Vite config makes the hooks answer null at once: nothing to win. */
  readonly isIdle?: (config: IdleConfig) => boolean
  /** For a path that a hook looked at, present or absent; without it, `plugin`. */
  readonly lookScope?: (path: string, parts: Readonly<Record<string, unknown>>) => LookScope
  /** Names by `addWatchFile` the files that a call depends on, in each such call: to have looked at them makes no other call depend on them. */
  readonly namesFiles?: true
  /** Decides by a module's id and its options alone that it has no answer: such calls depend on nothing that was kept. */
  readonly declinesById?: true
  /** Calls that need no look-up, for they come to nothing. */
  readonly idleCalls?: IdleCalls
  /**
   * True for ids whose file it knows by the code that its `transform` was given for it: that file
   * is no input but where it is seen being read.
   */
  readonly goesByCode?: (id: string) => boolean
  /** Of the app's own package.json its tools look for settings, not at scripts and lists of dependencies. */
  readonly settingsOnly?: true
  /** For `state: 'file'`, where several files share one state: the one that stands for a file's. */
  readonly stateOf?: (file: string) => string
  /** Looks at an instance when its options are final. A text: why it is not remembered. */
  readonly witness?: (witnessed: Witnessed) => Witness | string
  /** Set for a plugin that the user names in `include`. */
  readonly vouched?: true
  /** Nobody here has read its source: a process that it starts, whichever, may read anything. */
  readonly isStranger?: true
  /** Programs that its hooks start, whose answers are in the key or trace all the same. */
  readonly processes?: readonly string[]
  /**
   * Its hooks go by the host's config and by nothing else: no variable of theirs is read, so long
   * as they are its package's own code. Saves a third of what all fingerprints of an app cost.
   */
  readonly seesOnlyConfig?: true
  /** Sections of the host's config that its hooks never read, whatever it keeps of the config. */
  readonly blindTo?: readonly string[]
  /** Variables of the plugin that fill while a build runs, and that its remembered hooks never read. */
  readonly collects?: readonly string[]
  /** Tells why an instance with these named parts must not be remembered at all, or nothing. */
  readonly refuseParts?: (parts: Readonly<Record<string, unknown>>) => string | undefined
  /** Tells why this call of an instance with these named parts must not be remembered, or nothing. */
  readonly refuseCall?: (
    call: PolicyCall,
    parts: Readonly<Record<string, unknown>>,
  ) => string | undefined
  /** Tells why this result must not be stored, or nothing. */
  readonly refuseCode?: (
    code: string,
    call: PolicyCall,
    watchFiles: readonly string[],
  ) => string | undefined
  /** Its results speak of assets and leave class maps behind as those of `vite:css` do (plugin/styles.ts). */
  readonly viteStyles?: true
  /** Why its hooks run in Vite's dev server as they are; without it, they are remembered there too. */
  readonly notInDev?: string
  /** Tells why this result must not be stored in Vite's dev server, or nothing. */
  readonly refuseCodeInDev?: (code: string) => string | undefined
  /** It notes polyfills as plugin-legacy does (plugin/legacyMemory.ts). */
  readonly legacyPolyfills?: true
  /**
   * Files looked at natively (present or absent), for all calls of the plugin.
   * Their content and the packages they import join the fingerprint.
   */
  readonly configFiles?: (place: PolicyPlace) => readonly string[]
  /** Files and folders (as listings) that join one call's inputs, given what the call named itself. */
  readonly inputs?: (
    call: PolicyCall,
    watchFiles: readonly string[],
    place: PolicyPlace,
    parts: Readonly<Record<string, unknown>>,
  ) => PolicyInputs
  /**
   * How results depend on where the checkout is, as read in the plugin's source: only by paths
   * that stand in them (`visible`; another checkout uses those without), which moreover are written
   * plainly or as JSON, so that another checkout's can take their place (`plain`). When absent,
   * nobody knows: it may hash a path, so a result is for its own checkout.
   */
  readonly paths?: PathUse
  /**
   * Labels of options whose functions are told where a file is. Where one is there, and functions
   * of the user's own are, results are for their own checkout.
   */
  readonly tellsPaths?: readonly string[]
  /** Names of files outside of the working directory go into hashes as they are, absolute. */
  readonly hashesPathsOutside?: true
  /** How results depend on which project of a workspace is built. When absent, nobody knows: the project is in every key. */
  readonly projects?: ProjectUse
  /** Fields of `chunk` that reach `renderChunk`; all plain ones when absent. */
  readonly chunkFields?: readonly string[]
  /** Fields of the output options that reach `renderChunk`; all plain ones when absent. */
  readonly optionFields?: readonly string[]
}

/** Of a resolved Vite config (an environment's, where there is one), what tells that a core plugin does nothing. */
export interface IdleConfig {
  readonly build?: { readonly minify?: unknown }
  /** Put there by @vitejs/plugin-legacy. */
  readonly isOutputOptionsForLegacyChunks?: unknown
}

export type PathUse = 'visible' | 'plain'

export interface PolicyInputs {
  readonly files?: readonly string[]
  readonly folders?: readonly string[]
}

export interface NeverPolicy extends Known {
  readonly verdict: 'never'
  /** True where reuse would be right, and yet cost more than the hook. */
  readonly isCheap?: true
}

export type Policy = CachePolicy | NeverPolicy

export function matchesPlugin(pattern: string | RegExp, name: string): boolean {
  // search, not test: a sticky or global pattern keeps `lastIndex` between tests
  return typeof pattern === 'string' ? pattern === name : name.search(pattern) !== -1
}

/** True when a label stands anywhere in a tree of named parts with a value other than `false`. Asked for each look: known once per tree. */
export function hasLabel(tree: unknown, label: string): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  let known = labelsOf.get(tree)
  if (!known) labelsOf.set(tree, (known = new Map()))
  let has = known.get(label)
  if (has === undefined) known.set(label, (has = findLabel(tree, label)))
  return has
}

const labelsOf = new WeakMap<object, Map<string, boolean>>()

function findLabel(tree: unknown, label: string): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  return Object.entries(tree).some(
    ([name, value]) =>
      (name === label && value !== undefined && value !== null && value !== false) ||
      findLabel(value, label),
  )
}
