import path from 'node:path'
import type { Input } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import type { Build } from './build.ts'
import type { Subject } from './subject.ts'

/** Fewer than these cost less in the entry than a set of their own. */
const worthASet = 4
/** The same where several calls for one file share them. */
const worthASetOfFile = 2

/** Inputs of one call, some of them as a set that other calls may share. */
export interface Grouped {
  readonly own: readonly Input[]
  readonly set: Digest | undefined
}

/**
 * Takes out what other calls are likely to have looked at as well: hundreds of sheets import
 * the same partials, and all calls for the parts of a component depend on the types it imports.
 * Such a set is stored once, and looked at once in each build. What is in the folder of the call's
 * own file stays with the call, unless it is one of several for that file.
 */
export function groupInputs(
  { cache, place, start }: Build,
  { policy }: Subject,
  file: string | undefined,
  inputs: readonly Input[],
): Grouped {
  // a dev server tells what a call looked at itself from what its plugin may have kept by the sets
  if (file === undefined || start.isDev) return { own: inputs, set: undefined }
  if (policy.state === 'file') {
    return inputs.length < worthASetOfFile || isTorn(inputs)
      ? { own: inputs, set: undefined }
      : { own: [], set: cache.inputSet(undefined, inputs) }
  }
  const folder = place.toPortable(path.dirname(file))
  const isNear = ({ name }: Input): boolean => name === folder || name.startsWith(`${folder}/`)
  const shared = inputs.filter((input) => !isNear(input))
  if (shared.length < worthASet || isTorn(shared)) return { own: inputs, set: undefined }
  return { own: inputs.filter(isNear), set: cache.inputSet(undefined, shared) }
}

/** Seen with two values: for the engine to refuse. */
function isTorn(inputs: readonly Input[]): boolean {
  const values = new Map<string, string>()
  return inputs.some(({ kind, name, value }) => {
    const place = `${kind}\0${name}`
    const before = values.get(place)
    values.set(place, value)
    return before !== undefined && before !== value
  })
}
