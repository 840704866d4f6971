import { changeLine, count, diffRuns, findRuns, readRuns } from '../report/index.ts'
import type { Diff, KeyChange, Run } from '../report/index.ts'
import { exitCodes } from './exitCodes.ts'
import { findStore, noBuild } from './store.ts'

export interface DiffArgs {
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runDiff(args: DiffArgs): Promise<void> {
  const dir = findStore(args.dir)
  const runs = await readRuns(dir)
  if (runs.length === 0) return noBuild(dir)
  const pair = args.before ? named(runs, args.before, args.after) : lastTwo(runs)
  if (!pair) return
  const found = await diffRuns(dir, ...pair)
  console.log(args.json ? JSON.stringify(found, undefined, 2) : describe(found))
}

type Pair = readonly [before: Run, after: Run]

function named(runs: readonly Run[], before: string, after = 'last'): Pair | undefined {
  const [was, is] = [one(runs, before), one(runs, after)]
  return was && is && [was, is]
}

function one(runs: readonly Run[], name: string): Run | undefined {
  const found = findRuns(runs, name)
  if (found.length === 1) return found[0]
  console.error(
    found.length === 0
      ? `No recorded build is called ${name}. There are ${count(runs.length)}: \`remember stats --since 30d\` lists them.`
      : `${name} may be any of ${found.map(({ id }) => id).join(', ')}.`,
  )
  process.exitCode = exitCodes.usage
  return undefined
}

function lastTwo([after, ...runs]: readonly Run[]): Pair | undefined {
  const before = runs.find(({ roots }) => roots.some((root) => after!.roots.includes(root)))
  if (before) return [before, after!]
  console.error('There is only one build of this root: nothing to compare it with.')
  process.exitCode = exitCodes.nothing
  return undefined
}

function describe({ before, after, isWhole, changes }: Diff): string {
  const plugins = [...new Set(changes.map(({ plugin }) => plugin))]
  return [
    `${before.id} (${before.startedAt}) → ${after.id} (${after.startedAt})`,
    ...plugins.flatMap((plugin) => [
      plugin,
      ...changes.filter((each) => each.plugin === plugin).map((each) => `  ${line(each)}`),
    ]),
    ...(changes.length === 0 ? ['Nothing that the keys are made of differs.'] : []),
    ...(isWhole
      ? []
      : ['Entries of these builds are gone: other modules and inputs may have changed too.']),
  ].join('\n')
}

function line(change: KeyChange): string {
  const id = change.id?.replace('<root>/', '')
  const calls = `${count(change.count)} ${change.count === 1 ? 'call' : 'calls'}`
  const which = id === undefined ? calls : change.count === 1 ? id : `${calls}, ${id} …`
  return `${change.hook}  ${changeLine(change)}  (${which})`
}
