import path from 'node:path'
import type { Input } from '../engine/index.ts'
import type { Digest } from '../key/index.ts'
import { inputName, keepInputs } from '../trace/index.ts'
import type { Build } from './build.ts'
import { chained, earlierOf, follow } from './chains.ts'
import type { Original } from './compute.ts'
import type { Kept, Subject } from './subject.ts'

type LookKind = Parameters<Build['inputs']['take']>[0]

/** A look of a call, and how to look again. */
interface Looked {
  readonly path: string
  readonly input: Input
  readonly again: () => Input
}

/** What one call of a hook looks at, told apart by which calls depend on it. */
export interface CallLooks {
  look(look: LookKind, path: string): void
  env(name: string): void
  /** All looks at files so far. */
  readonly looked: readonly Looked[]
  /** Ends the call, with the files it named by `addWatchFile`. */
  end(named: readonly string[]): void
  /** Inputs of this call besides what its plugin may have kept. */
  own(): readonly Input[]
}

/** A call that has not ended. */
export interface RunningCall {
  /** Counts the calls of the plugin. */
  readonly number: number
  /** Inputs of this call, whatever others depend on. */
  readonly alone: Input[]
}

/** Looked at by a plugin that names what its calls depend on, and not named so far. */
export interface Unnamed {
  readonly path: string
  readonly input: Input
  /** When all calls before this one have ended without naming it, the plugin may have kept it. */
  readonly before: number
  /** False for what is named as a rule. */
  readonly doubtful: boolean
}

export function createCallLooks({ build, subject, file }: Original): CallLooks {
  const { policy, kept } = subject
  const looked: Looked[] = []
  const self: RunningCall = { number: kept.calls++, alone: [] }
  const earlier = earlierOf(file)
  kept.running.add(self)

  function sort({ path: target, input }: Looked): void {
    const scope = policy.lookScope?.(target, build.namedPartsOf(subject)) ?? 'plugin'
    if (scope === 'chain' && file !== undefined) follow(subject.name, earlier, target, input)
    else if (scope === 'named' && input.value === 'absent') return
    else if (scope === 'running' && input.value === 'absent') {
      for (const { alone } of kept.running) alone.push(input)
    } else if (policy.namesFiles && input.kind !== 'package') {
      const doubtful = scope !== 'running'
      // a file that other calls name may be looked at here for a reason that nobody names
      if (doubtful) self.alone.push(input)
      if (kept.named.has(target)) return
      kept.unnamed.set(inputName(input), { path: target, input, before: kept.calls, doubtful })
    } else keep(subject, input)
  }

  return {
    looked,
    look(look, target) {
      // who asks whether a package.json is there may have it in memory (`require`)
      const isManifest =
        path.basename(target) === 'package.json' &&
        (look === 'exists' || (look === 'file' && policy.settingsOnly))
      const again = (): Input =>
        isManifest ? build.inputs.manifest(target) : build.inputs.take(look, target)
      const seen: Looked = { path: target, input: again(), again }
      looked.push(seen)
      sort(seen)
    },
    env(name) {
      const names = name === '*' ? (policy.env ?? ['*']) : [name]
      for (const each of names) keep(subject, build.inputs.env(each))
    },
    end(named) {
      kept.running.delete(self)
      if (!policy.namesFiles) return
      for (const each of named) kept.named.add(each)
      // in the order in which they began; hosts run hundreds of calls beside each other
      const [oldest] = kept.running
      for (const [name, { path: target, input, before }] of kept.unnamed) {
        // of a folder it names the files in it (Vite, for `dir-dependency`)
        const isNamed =
          kept.named.has(target) ||
          (input.kind === 'folder' && named.some((each) => each.startsWith(target + path.sep)))
        if (!isNamed && oldest && oldest.number < before) continue
        kept.unnamed.delete(name)
        if (!isNamed) keep(subject, input)
      }
    },
    own() {
      const doubtful = [...kept.unnamed.values()].filter((each) => each.doubtful)
      const unnamed = doubtful.map(({ input }) => input)
      return [...self.alone, ...unnamed, ...chained(subject, file, build.place)]
    },
  }
}

/**
 * Adds to what the plugin may have kept. A plugin may have read a file for an
 * earlier module and use it for later ones, so this belongs to all its later
 * calls; noted as it is looked at, for a call that runs beside this one may use
 * it and end first, and one that throws has looked all the same.
 */
function keep({ name, kept }: Subject, input: Input): void {
  const text = inputName(input)
  if (kept.names.has(text)) return
  kept.names.add(text)
  kept.fresh.push(input)
  keepInputs(name, [input])
}

/** Names all that the plugin may have kept by now. */
export function keptSet(build: Build, kept: Kept): Digest | undefined {
  const fresh = kept.fresh.splice(0)
  if (fresh.length > 0) kept.set = build.cache.inputSet(kept.set, fresh)
  return kept.set
}
