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

/** Notes which files a call that ended asked for. `replayed`: its plugin has still to be told of them. */
export function noteLinks(
  { build, subject, hook, file, original, args }: Original,
  effects: readonly Effect[],
  replayed: boolean,
): void {
  if (subject.policy.state === 'none' || hook === 'renderChunk') return
  for (const effect of effects) {
    if (effect[0] !== 'resolve') continue
    const asked = fileBehind(effect[1])
    if (asked === undefined || asked === file) continue
    let linked = subject.linked.get(asked)
    if (!linked) subject.linked.set(asked, (linked = new Map()))
    const [code, id] = (hook === 'load' ? ['', args[0]] : args) as [string, string]
    linked.set(build.place.toPortable(id), build.hasher.digestText(code))
    if (replayed) noteAnswered(subject, asked, { original, args })
  }
}
