import fs from 'node:fs'
import path from 'node:path'
import type { Build } from './build.ts'
import { runOriginal, type Original } from './compute.ts'
import { noteEdited } from './edited.ts'
import { folderPlace, type FreshCheck } from './freshCheck.ts'
import type { HookContext } from './host.ts'
import type { Answered, Moment, Subject } from './subject.ts'

// Taken once: what is read here is nobody's input.
const { readFileSync } = fs

/** What a call in a dev server leaves for the day its file, or another one that it depends on, is edited. */
export function momentOf(
  { build, subject, file, context }: Original,
  { own }: Pick<FreshCheck, 'own'>,
): Moment | undefined {
  if (!build.start.isDev || subject.policy.state === 'none') return undefined
  const known = file === undefined ? undefined : firstOf(subject.memory.answered.get(file))?.moment
  const content = known?.file === file ? known?.content : file && read(file)
  return { context, file, content: content || undefined, places: own }
}

function firstOf(calls: ReadonlyMap<string, Answered> | undefined): Answered | undefined {
  return calls?.values().next().value
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/**
 * To be called when a file has changed, before any plugin hears of it: plugins
 * with state per file get it back for all calls that depend on this file.
 */
export async function catchUpWith(build: Build, file: string, context: HookContext): Promise<void> {
  noteEdited(file)
  const { toPortable } = build.place
  const places = [toPortable(file), folderPlace(toPortable(path.dirname(file)))]
  for (const subject of build.subjects) {
    for (const each of dependents(build, subject, file, places)) {
      await runOriginal({
        build,
        subject,
        hook: 'transform',
        file: each,
        callee: undefined,
        // nothing but what comes before an original
        original: () => undefined,
        context,
        args: ['', each],
        moment: undefined,
        ended: undefined,
      })
    }
  }
}

/** The files and virtual modules for which a plugin may have kept something that depends on one of these. */
function dependents(
  build: Build,
  { memory }: Subject,
  file: string,
  places: readonly string[],
): readonly string[] {
  const isShared = places.some((place) => {
    const input = build.sharedInputs.get(place)
    // of a package.json few fields matter, and scripts are edited often
    return input && !(input.kind === 'manifest' && build.check.holds(input) === true)
  })
  return [...memory.answered]
    .filter(
      ([each, calls]) =>
        isShared ||
        each === file ||
        Array.from(calls.values()).some(
          ({ moment }) =>
            moment?.file === file || places.some((place) => moment?.places.has(place)),
        ),
    )
    .map(([each]) => each)
}
