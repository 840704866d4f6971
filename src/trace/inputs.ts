import type { Input, InputCheck } from '../engine/index.ts'
import type { Hasher } from '../key/index.ts'
import type { Digests } from './digests.ts'
import { createFiles, type Files } from './files.ts'
import type { Look } from './observation.ts'
import { packageDirOf, packageVersion } from './packageOf.ts'

/** Turns what a hook looked at into inputs, and tells later whether they still hold. */
export interface Inputs {
  /** What a look at a path sees now, freshly. Files of installed packages are named by their package. */
  take(look: Look, target: string): Input
  /** An environment variable as it is now; `*` is all of them. */
  env(name: string): Input
  /** A check for one build: every distinct input is looked at once, then remembered. */
  openCheck(): InputCheck
  /** Time that checks took to look at inputs, in milliseconds. */
  readonly checkedMs: number
}

export interface InputsOptions {
  readonly hasher: Hasher
  readonly digests: Digests
  /** Absolute path ↔ the form in which inputs are stored (relative to the workspace root). */
  readonly toPortable: (path: string) => string
  readonly fromPortable: (path: string) => string
}

const fileKinds = new Set(['file', 'exists', 'folder', 'realpath'])

export function createInputs(options: InputsOptions): Inputs {
  const { hasher, digests, toPortable, fromPortable } = options
  const files: Files = createFiles(hasher, toPortable, digests)

  let checkedMs = 0
  // nobody changes an installed package while a build runs
  const versions = new Map<string, string>()

  function versionOf(dir: string): string {
    let version = versions.get(dir)
    if (version === undefined) versions.set(dir, (version = packageVersion(dir)))
    return version
  }

  function take(look: Look, target: string): Input {
    const value = files.see(look, target)
    // an absent file may appear without its package changing; a listing may be of a package's parent
    if (value !== 'absent' && look !== 'realpath') {
      const dir = packageDirOf(target)
      const version = dir === undefined ? 'linked' : versionOf(dir)
      if (version !== 'linked' && version !== 'absent') {
        return { kind: 'package', name: toPortable(dir!), value: version }
      }
    }
    return { kind: look, name: toPortable(target), value }
  }

  function env(name: string): Input {
    if (name === '*') return { kind: 'env', name, value: hasher.digestOf({ ...process.env }) }
    const value = process.env[name]
    // a digest, for the value may be a secret
    return { kind: 'env', name, value: value === undefined ? 'unset' : hasher.digestText(value) }
  }

  function now({ kind, name }: Input): string | undefined {
    if (fileKinds.has(kind)) return files.see(kind as Look, fromPortable(name))
    if (kind === 'package') return versionOf(fromPortable(name))
    if (kind === 'env') return env(name).value
    return undefined
  }

  function openCheck(): InputCheck {
    // by kind, then name: joining the two for each look would cost as much as the look
    const seen = new Map<string, Map<string, string | undefined>>()
    return {
      sets: new Map(),
      holds(input) {
        let names = seen.get(input.kind)
        if (!names) seen.set(input.kind, (names = new Map()))
        let value = names.get(input.name)
        if (value === undefined && !names.has(input.name)) {
          const began = performance.now()
          names.set(input.name, (value = now(input)))
          checkedMs += performance.now() - began
        }
        return value === input.value
      },
    }
  }

  return {
    take,
    env,
    openCheck,
    get checkedMs() {
      return checkedMs
    },
  }
}
