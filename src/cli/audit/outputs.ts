import { describeDifference, firstDifference } from '../../engine/index.ts'
import type { BuildRun, Runner } from './run.ts'

/** Compares the outputs of a build with those of plain ones. */
export interface OutputCheck {
  /** Files that differ between plain builds: only what is the same in all is compared. */
  readonly unstable: readonly string[]
  /** The first thing that a build did otherwise than the plain ones; undefined when nothing. */
  differs(run: BuildRun): string | undefined
}

type Content = Runner['content']

/** Words and single signs: a time, a random number or a hash is a few words, in each build as many. */
const tokens = /[\w$-]+|[^\w$-]/g

/** A hash in a file's name, as the hosts put it. */
const hashInName = /[-.][\w-]{8,}(?=\.\w+(?:\.map)?$)/

export function checkOutputs(plain: readonly BuildRun[], content: Content): OutputCheck {
  const names = new Set(plain.map(({ outputs }) => [...outputs.keys()].join('\n')))
  const nameOf = (file: string): string =>
    names.size === 1 ? file : file.replace(hashInName, '-*')
  const known = plain.map((run) => named(run, nameOf))
  const [first, ...others] = known as [Outputs, ...Outputs[]]
  const unstable = [...new Set(known.flatMap((each) => [...each.keys()]))].filter((name) =>
    others.some((each) => each.get(name) !== first.get(name)),
  )

  function differs(run: BuildRun): string | undefined {
    if (run.failed !== undefined) return `the build fails, ${run.failed}`
    const outputs = named(run, nameOf)
    for (const name of new Set([...first.keys(), ...outputs.keys()])) {
      const now = outputs.get(name)
      const before = known.map((each) => each.get(name))
      if (before.includes(now)) continue
      // not in each plain build
      if (new Set(before).has(undefined) && before.some(Boolean)) continue
      if (before[0] === undefined) return `${name} is written besides`
      if (now === undefined) return `${name} is missing`
      const text = (digest: string | undefined): string => content(digest!).toString('latin1')
      const difference = stableDifference(before.map(text), text(now))
      if (difference !== undefined) return `${name} differs ${difference}`
    }
    return undefined
  }
  return { unstable, differs }
}

type Outputs = ReadonlyMap<string, string>

function named(run: BuildRun, nameOf: (file: string) => string): Outputs {
  return new Map([...run.outputs].map(([file, digest]) => [nameOf(file), digest]))
}

/** What a text has otherwise where plain ones agree; undefined when nothing, or when nobody can tell. */
function stableDifference(plain: readonly string[], text: string): string | undefined {
  const [first, second, ...more] = plain.map((each) => each.match(tokens) ?? [])
  if (first!.length !== second!.length) return undefined
  // builds that were made only to see what varies may vary more than others
  const others = [second!, ...more.filter((each) => each.length === first!.length)]
  const varies = (at: number): boolean => others.some((each) => each[at] !== first![at])
  const masked = (text.match(tokens) ?? []).map((token, at) => (varies(at) ? first![at] : token))
  const difference = firstDifference(plain[0], masked.join(''))
  return difference && describeDifference(difference)
}
