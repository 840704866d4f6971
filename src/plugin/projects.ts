import path from 'node:path'
import type { Input } from '../engine/index.ts'
import type { Original } from './compute.ts'
import type { Outcome } from './outcome.ts'
import type { Place } from './place.ts'
import { toolLooks } from '../policies/index.ts'
import { textsOf } from './relocation/index.ts'
import type { HookCall } from './request.ts'

// Packages of a workspace build what they share with plugins whose options are the same. The root
// and the working directory are in the key of a plugin that may go by them; for all others, one
// build may use what another one made, unless it shows where it was made.

/** The project that is built: of a workspace, the member. */
export interface Project {
  /** Its folders, in a form that is the same in every checkout. */
  readonly name: string
  /**
   * True for the name of an input that is in its folder.
   *
   * @param known what does not count there
   */
  holds(name: string, known: RegExp | undefined): boolean
  /** The same for the names of all that a plugin may have kept, which grow from call to call. */
  holdsSome(names: ReadonlySet<string>, known: RegExp | undefined): boolean
}

export function createProject(place: Place, publicDir: string | undefined): Project {
  const folder = place.toPortable(folderOf(place))

  function holds(name: string, known: RegExp | undefined): boolean {
    if (!name.startsWith(folder)) return false
    const below = name.slice(folder.length)
    return !toolLooks.test(below) && known?.test(below) !== true
  }

  const scans = new WeakMap<ReadonlySet<string>, Scan>()
  return {
    name: [place.root, process.cwd(), publicDir ?? '']
      .map((dir) => place.toPortable(dir && `${dir}/`))
      .join(' '),
    holds,
    holdsSome(names, known) {
      let scan = scans.get(names)
      if (!scan) scans.set(names, (scan = { names: names.values(), seen: 0, holds: false }))
      // an iterator that was never told to be at the end goes on with what was added
      for (; scan.seen < names.size && !scan.holds; scan.seen++) {
        const [, name = ''] = scan.names.next().value!.split('\0')
        scan.holds = holds(name, known)
      }
      return scan.holds
    },
  }
}

/** How far a growing set of names was looked through. */
interface Scan {
  readonly names: Iterator<string>
  seen: number
  holds: boolean
}

/** What an outcome was made of. */
interface Made {
  readonly call: HookCall
  readonly outcome: Outcome
  readonly watched: readonly string[]
  /** All that the call observed, besides what its plugin may have kept. */
  readonly inputs: readonly Input[]
}

/** True for an outcome that other projects of the workspace may not use. */
export function isOfProject({ build, subject, file }: Original, made: Made): boolean {
  const free = build.freeOf(subject)
  // else the project is in the key
  if (!free) return false
  const folder = folderOf(build.place)
  if (file?.startsWith(folder)) return true
  const { call, outcome, watched, inputs } = made
  const { looks, isFreeCall } = subject.policy.projects ?? {}
  const texts = textsOf(outcome)
  return (
    inputs.some(({ name }) => build.project.holds(name, looks)) ||
    build.project.holdsSome(subject.kept.names, looks) ||
    texts === undefined ||
    [...texts.all, JSON.stringify(outcome.effects)].some((text) => text.includes(folder)) ||
    isFreeCall?.(call, watched, free) === false
  )
}

function folderOf({ root }: Place): string {
  return `${path.resolve(root)}${path.sep}`
}

/** The way from the project's root to a module, for a plugin that goes by it. */
export function wayTo({ build, subject, file }: Original): string | undefined {
  if (!subject.policy.projects?.byPath || !build.freeOf(subject) || file === undefined) {
    return undefined
  }
  return path.relative(build.place.root, file).replaceAll(path.sep, '/')
}
