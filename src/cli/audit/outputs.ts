import { describeDifference, firstDifference } from '../../engine/index.ts'
import type { BuildRun, Runner } from './run.ts'

/** Compares the outputs of a build with those of two plain ones. */
export interface OutputCheck {
  /** Files that differ between two plain builds: only what is the same in both is compared. */
  readonly unstable: readonly string[]
  /** The first thing that a build did otherwise than a plain one; undefined when nothing. */
  differs(run: BuildRun): string | undefined
}

type Content = Runner['content']

/** Words and single signs: a time, a random number or a hash is a few words, in each build as many. */
const tokens = /[\w$-]+|[^\w$-]/g

/** A hash in a file's name, as the hosts put it. */
const hashInName = /[-.][\w-]{8,}(?=\.\w+(?:\.map)?$)/

export function checkOutputs(one: BuildRun, two: BuildRun, content: Content): OutputCheck {
  const sameNames = firstDifference([...one.outputs.keys()], [...two.outputs.keys()]) === undefined
  const nameOf = (file: string): string => (sameNames ? file : file.replace(hashInName, '-*'))
  const first = named(one, nameOf)
  const second = named(two, nameOf)
  const unstable = [...new Set([...first.keys(), ...second.keys()])].filter(
    (name) => first.get(name) !== second.get(name),
  )

  return {
    unstable,
    differs(run) {
      if (run.failed !== undefined) return `the build fails, ${run.failed}`
      const others = named(run, nameOf)
      for (const name of new Set([...first.keys(), ...others.keys()])) {
        const [before, now] = [first.get(name), others.get(name)]
        if (before === now) continue
        const again = second.get(name)
        // not in each plain build
        if (before !== again && (before === undefined || again === undefined)) continue
        if (before === undefined) return `${name} is written besides`
        if (now === undefined) return `${name} is missing`
        const texts = [before, again ?? before, now].map((each) => content(each).toString('latin1'))
        const difference = stableDifference(texts as [string, string, string])
        if (difference !== undefined) return `${name} differs ${difference}`
      }
      return undefined
    },
  }
}

function named(run: BuildRun, nameOf: (file: string) => string): Map<string, string> {
  return new Map([...run.outputs].map(([file, digest]) => [nameOf(file), digest]))
}

/** What a text has otherwise where two others agree; undefined when nothing, or when nobody can tell. */
function stableDifference([one, two, other]: [string, string, string]): string | undefined {
  const [first, second, third] = [one, two, other].map((text) => text.match(tokens) ?? [])
  if (first!.length !== second!.length) return undefined
  const masked = third!.map((token, at) => (first![at] === second![at] ? token : first![at]))
  const difference = firstDifference(one, masked.join(''))
  return difference && describeDifference(difference)
}
