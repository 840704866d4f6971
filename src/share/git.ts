import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * The branch that others branch off, as this clone knows it: what `origin/HEAD` points to, else
 * `main` or `master` of `origin`; undefined where nothing tells. Reads files only.
 */
export function defaultBranch(root: string): string | undefined {
  const dir = gitDir(root)
  if (dir === undefined) return undefined
  const origin = join(dir, 'refs/remotes/origin')
  const [, head] = /^ref: refs\/remotes\/origin\/(.+)$/m.exec(read(join(origin, 'HEAD'))) ?? []
  if (head !== undefined) return head.trim()
  const packed = read(join(dir, 'packed-refs'))
  return ['main', 'master'].find(
    (name) =>
      existsSync(join(origin, name)) ||
      packed.split('\n').some((line) => line.endsWith(` refs/remotes/origin/${name}`)),
  )
}

/** The folder that the worktrees of a clone share. */
function gitDir(root: string): string | undefined {
  for (let dir = resolve(root); ; dir = dirname(dir)) {
    const git = join(dir, '.git')
    if (existsSync(git)) {
      if (isFolder(git)) return git
      const [, linked] = /^gitdir: (.+)$/m.exec(read(git)) ?? []
      if (linked === undefined) return undefined
      const own = resolve(dir, linked.trim())
      const common = read(join(own, 'commondir')).trim()
      return common ? resolve(own, common) : own
    }
    if (dir === dirname(dir)) return undefined
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
