import type { Input } from '../engine/index.ts'

// Plugins keep what they read in caches of their module, which all instances in
// the process share (plugin-vue's descriptors, get-tsconfig, iconify's sets): a
// later build in the same process is not seen reading it. So this, too, belongs
// to the process.
const keptByPlugin = new Map<string, Map<string, Input>>()

// A watcher sees files change. What a plugin read before may be what it still goes
// by, and what it reads now as well: its results stand for no state of the files.
const seenByPlugin = new Map<string, Seen>()

interface Seen {
  /** First values, by what they are about. */
  readonly values: Map<string, string>
  /** What had another value later. */
  readonly torn: Set<string>
}

/** By path of a file: what calls that had looked at it looked at then, as far as it may have led there. */
export type Chains = Map<string, Map<string, { readonly path: string; readonly input: Input }>>

const chainsByPlugin = new Map<string, Chains>()

/** What looks of plugins of this name led to, in this process. */
export function chainsOf(plugin: string): Chains {
  let chains = chainsByPlugin.get(plugin)
  if (!chains) chainsByPlugin.set(plugin, (chains = new Map()))
  return chains
}

/** Everything plugins of this name looked at in this process, outside the module at hand. */
export function keptInputs(plugin: string): readonly Input[] {
  return [...(keptByPlugin.get(plugin)?.values() ?? [])]
}

/** Adds to what plugins of this name may have kept. What they looked at before stays, when it is another now. */
export function keepInputs(plugin: string, inputs: readonly Input[]): void {
  let kept = keptByPlugin.get(plugin)
  if (!kept) keptByPlugin.set(plugin, (kept = new Map()))
  for (const input of inputs) {
    noteSeen(plugin, input)
    if (!kept.has(subjectOf(input))) kept.set(subjectOf(input), input)
  }
}

/** Notes what a plugin saw, for later looks at the same. */
export function noteSeen(plugin: string, input: Input): void {
  let seen = seenByPlugin.get(plugin)
  if (!seen) seenByPlugin.set(plugin, (seen = { values: new Map(), torn: new Set() }))
  const subject = subjectOf(input)
  const before = seen.values.get(subject)
  if (before === undefined) seen.values.set(subject, input.value)
  else if (before !== input.value) seen.torn.add(subject)
}

/**
 * Something that plugins of this name saw change in this process, so that they may go by what was
 * there before: of these inputs or, `withKept`, of all that they may have kept.
 */
export function tornInput(
  plugin: string,
  inputs: readonly Input[],
  withKept: boolean,
): Input | undefined {
  const { torn } = seenByPlugin.get(plugin) ?? {}
  if (!torn?.size) return undefined
  const found = inputs.find((input) => torn.has(subjectOf(input)))
  if (found || !withKept) return found
  const kept = keptByPlugin.get(plugin)
  for (const subject of torn) if (kept?.has(subject)) return kept.get(subject)
  return undefined
}

/** What an input is about, whatever it said. */
export function subjectOf({ kind, name }: Input): string {
  return `${kind}\0${name}`
}

/** One name for an input and its value. */
export function inputName({ kind, name, value }: Input): string {
  return `${kind}\0${name}\0${value}`
}
