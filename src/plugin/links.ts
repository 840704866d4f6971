import type { Digest } from '../key/index.ts'
import type { Original } from './compute.ts'
import type { Effect } from './effects.ts'
import { noteAnswered } from './hydrate.ts'
import { fileBehind } from './place.ts'

// A plugin with state per file may keep what it knows of one file for another
// one that it asked `this.resolve` for: plugin-vue's `linkSrcToDescriptor` gives
// the file of a block with `src` the descriptor of its component. So calls for
// that file depend on the call that asked, and it has to run before they do.

/** For one file: the calls that asked for it, by portable id, each with a digest of all they were given. */
export type LinkedCalls = ReadonlyMap<string, Digest>

/**
 * Notes which files a call that ended asked for, in place of those it asked for when it was made
 * before. `replayed`: its plugin has still to be told of them.
 */
export function noteLinks(run: Original, effects: readonly Effect[], replayed: boolean): void {
  const { policy, memory } = run.subject
  if (policy.state === 'none' || run.hook === 'renderChunk') return
  // most calls never ask: nothing to note, nor to take back
  if (memory.asks.size > 0 || effects.some(isQuestion)) note(run, effects, replayed)
}

function isQuestion(effect: Effect): boolean {
  return effect[0] === 'resolve'
}

function note(
  { build, subject, hook, file, original, args, moment }: Original,
  effects: readonly Effect[],
  replayed: boolean,
): void {
  const { asks, linked: byFile, answered } = subject.memory
  const files = filesAskedFor(effects, file)
  const [code, id] = (hook === 'load' ? ['', args[0]] : args) as [string, string]
  const name = `${hook} ${id}`
  const before = asks.get(name)
  if (!before && files.size === 0) return

  const asker = build.place.toPortable(id)
  for (const asked of before?.files ?? []) {
    remove(byFile, asked, asker)
    remove(answered, asked, name)
  }
  asks.delete(name)
  if (files.size > 0) asks.set(name, { id, files })
  for (const asked of files) {
    let linked = byFile.get(asked)
    if (!linked) byFile.set(asked, (linked = new Map()))
    linked.set(asker, build.hasher.digestText(code))
    if (replayed) noteAnswered(subject, asked, { hook, id, original, args, moment })
  }
}

function filesAskedFor(effects: readonly Effect[], file: string | undefined): Set<string> {
  const files = new Set<string>()
  for (const effect of effects) {
    const asked = effect[0] === 'resolve' ? fileBehind(effect[1]) : undefined
    if (asked !== undefined && asked !== file) files.add(asked)
  }
  return files
}

function remove(from: Map<string, Map<string, unknown>>, file: string, name: string): void {
  const values = from.get(file)
  if (values?.delete(name) && values.size === 0) from.delete(file)
}
