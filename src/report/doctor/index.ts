import path from 'node:path'
import { folderIn } from '../../plugin/index.ts'
import { readRuns } from '../runs.ts'
import { checkBuild } from './build.ts'
import { checkCI } from './ci.ts'
import { checkDisk } from './disk.ts'
import { hint, ok, problem, type Finding } from './finding.ts'
import { checkTaskCaches } from './tasks.ts'
import { checkNode } from './versions.ts'

export type { Finding } from './finding.ts'

/** Where and under what a set-up is looked at. */
export interface Surroundings {
  /** Of the store. */
  readonly dir: string
  readonly workspaceRoot: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970. */
  readonly now: number
  /** e.g. `v20.20.0` */
  readonly node: string
}

const defaultMaxSize = 2 * 1024 ** 3
const month = 30 * 24 * 60 * 60 * 1000

/** Looks at everything that decides whether reuse works here. Leaves nothing behind. */
export async function examine({
  dir,
  workspaceRoot,
  env,
  now,
  node,
}: Surroundings): Promise<Finding[]> {
  const runs = await readRuns(dir)
  const [run] = runs
  const roots = new Set(runs.flatMap(({ roots }) => roots))
  const projects = Array.from(roots, (root) => path.join(workspaceRoot, root.replace('<root>', '')))
  const maxSize = run?.notes[0]?.maxSize ?? defaultMaxSize
  return [
    checkNode(node),
    checkMode(env['REMEMBER']),
    ...checkBuild(run),
    ...(run && now - run.startedAt > month
      ? [
          hint(
            'age',
            'the last build is more than 30 days old',
            'Build again: what was not used for so long goes.',
          ),
        ]
      : []),
    ...checkDisk(dir, now, maxSize),
    ...checkTaskCaches(workspaceRoot, dir, projects.map(withoutSlash)),
    ...checkCI(env, workspaceRoot, folderIn(workspaceRoot, dir), run),
  ]
}

function withoutSlash(dir: string): string {
  return dir.endsWith(path.sep) ? dir.slice(0, -1) : dir
}

function checkMode(mode: string | undefined): Finding {
  if (mode === 'off') {
    return problem('mode', 'REMEMBER=off: builds neither reuse nor store', 'Unset REMEMBER.')
  }
  if (mode === 'refresh' || mode === 'verify') {
    return hint('mode', `REMEMBER=${mode}: builds compute everything`, 'Unset REMEMBER to reuse.')
  }
  return ok('mode', mode ? `REMEMBER=${mode}` : 'REMEMBER is not set')
}
