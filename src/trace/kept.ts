import type { Input } from '../engine/index.ts'

// Plugins keep what they read in caches of their module, which all instances in
// the process share (plugin-vue's descriptors, get-tsconfig, iconify's sets): a
// later build in the same process is not seen reading it. So this, too, belongs
// to the process.
const keptByPlugin = new Map<string, Map<string, Input>>()

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

/** Adds to what plugins of this name may have kept. */
export function keepInputs(plugin: string, inputs: readonly Input[]): void {
  let kept = keptByPlugin.get(plugin)
  if (!kept) keptByPlugin.set(plugin, (kept = new Map()))
  for (const input of inputs) kept.set(inputName(input), input)
}

/** One name for an input and its value. */
export function inputName({ kind, name, value }: Input): string {
  return `${kind}\0${name}\0${value}`
}
