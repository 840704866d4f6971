import path from 'node:path'
import type { Input } from '../engine/index.ts'
import type { Original } from './compute.ts'
import type { Outcome } from './outcome.ts'
import type { Place } from './place.ts'
import { textsOf } from './relocation/index.ts'
import type { HookCall } from './request.ts'

// Packages of a workspace build what they share with plugins whose options are the same. The root
// and the working directory are in the key of a plugin that may go by them; for all others, one
// build may use what another one made, unless it shows where it was made.

/** The project that is built: of a workspace, the member. */
export interface Project {
  /** Its folders, in a form that is the same in every checkout. */
  readonly name: string
  /** True when one of the names of inputs speaks of what is in its folder. The set may grow from call to call. */
  isIn(names: ReadonlySet<string>): boolean
}

export function createProject(place: Place, publicDir: string | undefined): Project {
  const inFolder = `\0${folderOf(place)}`
  const scans = new WeakMap<ReadonlySet<string>, Scan>()
  return {
    name: [place.root, process.cwd(), publicDir ?? '']
      .map((dir) => place.toPortable(dir && `${dir}/`))
      .join(' '),
    isIn(names) {
      let scan = scans.get(names)
      if (!scan) scans.set(names, (scan = { names: names.values(), seen: 0, isIn: false }))
      // an iterator that was never told to be at the end goes on with what was added
      for (; scan.seen < names.size && !scan.isIn; scan.seen++) {
        scan.isIn = scan.names.next().value!.includes(inFolder)
      }
      return scan.isIn
    },
  }
}

/** How far a growing set of names was looked through. */
interface Scan {
  readonly names: Iterator<string>
  seen: number
  isIn: boolean
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
  const { place } = build
  const folder = `${path.resolve(place.root)}${path.sep}`
  if (file?.startsWith(folder)) return true
  const { call, outcome, watched, inputs } = made
  const portable = folderOf(place)
  const texts = textsOf(outcome)
  return (
    inputs.some(({ name }) => name.startsWith(portable)) ||
    build.project.isIn(subject.kept.names) ||
    texts === undefined ||
    [...texts.all, JSON.stringify(outcome.effects)].some((text) => text.includes(folder)) ||
    subject.policy.projects?.isFreeCall?.(call, watched, free) === false
  )
}

function folderOf({ root, toPortable }: Place): string {
  return toPortable(`${path.resolve(root)}${path.sep}`)
}

/** The way from the project's root to a module, for a plugin that goes by it. */
export function wayTo({ build, subject, file }: Original): string | undefined {
  if (!subject.policy.projects?.byPath || !build.freeOf(subject) || file === undefined) {
    return undefined
  }
  return path.relative(build.place.root, file).replaceAll(path.sep, '/')
}
