import fs from 'node:fs'
import path from 'node:path'
import { withoutQuery } from '../policies/index.ts'
import { findWorkspaceRoot } from './workspace.ts'

/** Where a build takes place: absolute paths, and their form that is the same in every checkout. */
export interface Place {
  /** Vite's `root`, else the working directory. */
  readonly root: string
  readonly workspaceRoot: string
  /**
   * False where even a well-known plugin may answer otherwise than in another checkout: the
   * workspace is reached through a link, or by a path that tools write or match in ways of
   * their own, or the working directory is outside.
   */
  readonly isOrdinary: boolean
  /** Replaces the workspace root inside an id or path by `<root>`. */
  readonly toPortable: (text: string) => string
  readonly fromPortable: (text: string) => string
}

const token = '<root>/'

export function createPlace(root: string): Place {
  const workspaceRoot = findWorkspaceRoot(root)
  const prefix = `${workspaceRoot.replaceAll('\\', '/')}/`
  return {
    root,
    workspaceRoot,
    isOrdinary: isOrdinary(workspaceRoot),
    // most texts hold none of it, and looking costs a tenth of replacing
    toPortable(text) {
      const slashed = path.sep === '\\' ? text.replaceAll('\\', '/') : text
      // a look at the root itself
      if (slashed.length === prefix.length - 1 && prefix.startsWith(slashed)) return token
      return slashed.includes(prefix) ? slashed.replaceAll(prefix, token) : slashed
    },
    fromPortable: (text) => (text.includes(token) ? text.replaceAll(token, prefix) : text),
  }
}

/** Signs of globs, RegExps, ids, URLs and string literals; what tools look for in paths; texts of two forms. */
const special = /["'`?#%$<>|*!(){}[\]]|[\\/]node_modules(?:[\\/]|$)/

function isOrdinary(workspaceRoot: string): boolean {
  const { root } = path.parse(workspaceRoot)
  const above = path.relative(workspaceRoot, process.cwd())
  if (workspaceRoot === root || special.test(workspaceRoot.slice(root.length))) return false
  if (/\p{Cc}/u.test(workspaceRoot)) return false
  if (path.sep === '/' && workspaceRoot.includes('\\')) return false
  if (workspaceRoot.normalize() !== workspaceRoot) return false
  if (above.split(path.sep)[0] === '..' || path.isAbsolute(above)) return false
  try {
    // elsewhere a working directory never has a link in it, on Windows it may
    return fs.realpathSync(workspaceRoot) === workspaceRoot
  } catch {
    return false
  }
}

/**
 * The file that a module id speaks of, e.g. `/app/Foo.vue` for
 * `/app/Foo.vue?vue&type=style`, or nothing for ids that are no absolute path.
 */
export function fileBehind(id: string): string | undefined {
  const bare = id.startsWith('\0') ? id.slice(1) : id
  const file = withoutQuery(bare)
  return path.isAbsolute(file) ? file : undefined
}

/** A folder as a CI's settings name it: from the workspace root when it is inside, else from the file system's. */
export function folderIn(workspaceRoot: string, dir: string): string {
  const inside = path.relative(workspaceRoot, dir).replaceAll(path.sep, '/')
  return inside === '..' || inside.startsWith('../') || path.isAbsolute(inside) ? dir : inside
}
