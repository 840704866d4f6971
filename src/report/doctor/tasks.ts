import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { globSync } from 'tinyglobby'
import { ok, problem, type Finding } from './finding.ts'
import { readTasks, type TaskGlobs } from './taskFiles.ts'

/**
 * Whether Turborepo and Nx hash or archive the store: as part of what a task reads, every build
 * would be a new one, and as part of what it writes, each would carry the store along.
 *
 * @param projects folders of the packages that are built, absolute
 */
export function checkTaskCaches(
  workspaceRoot: string,
  dir: string,
  projects: readonly string[],
): Finding[] {
  const tasks = readTasks(workspaceRoot, projects)
  if (tasks.length === 0 || !isInside(dir, workspaceRoot)) return []
  const findings = [
    ...checkIgnored(workspaceRoot, dir, tasks),
    ...tasks.filter((task) => holds(task, workspaceRoot, dir)).map(tooMuch),
  ]
  // what starts at the root is the same for all packages
  if (findings.length > 0) return [...new Map(findings.map((each) => [each.says, each])).values()]
  const files = [...new Set(tasks.map(({ file }) => file))].join(', ')
  return [ok('tasks', `${files}: the store is neither hashed nor archived`)]
}

/** Both hash what git does not ignore, unless told otherwise. */
function checkIgnored(workspaceRoot: string, dir: string, [task]: readonly TaskGlobs[]): Finding[] {
  const file = path.join(dir, 'packs/a.pack')
  const { status } = spawnSync('git', ['check-ignore', '-q', file], { cwd: workspaceRoot })
  // 128: there is no repository; null: there is no git
  if (status !== 1) return []
  const folder = path.relative(workspaceRoot, dir).replaceAll(path.sep, '/')
  return [
    problem(
      'tasks',
      `${folder} is not ignored by git, so what ${task!.file} speaks of hashes it: no task is ever a hit after a build`,
      `Add ${folder} to .gitignore.`,
    ),
  ]
}

function tooMuch({ file, task, kind, said, exclude }: TaskGlobs): Finding {
  return problem(
    'tasks',
    `${file}: ${kind} of ${task} (${said.join(', ')}) hold the store`,
    `Add "${exclude}" to them.`,
  )
}

/**
 * Asks a real glob, on folders that have nothing but a file of the store in them: on those that
 * are there it would take a walk through all packages.
 */
function holds({ globs }: TaskGlobs, workspaceRoot: string, dir: string): boolean {
  if (globs.length === 0) return false
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'remember-doctor-'))
  try {
    const packs = path.join(home, path.relative(workspaceRoot, dir), 'packs')
    fs.mkdirSync(packs, { recursive: true })
    fs.writeFileSync(path.join(packs, 'a.pack'), '')
    return globSync([...globs], { cwd: home, dot: true }).length > 0
  } finally {
    fs.rmSync(home, { recursive: true, force: true })
  }
}

function isInside(dir: string, folder: string): boolean {
  const inside = path.relative(folder, dir)
  return inside !== '' && inside.split(path.sep)[0] !== '..' && !path.isAbsolute(inside)
}
