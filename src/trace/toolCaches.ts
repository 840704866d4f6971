import os from 'node:os'
import path from 'node:path'

/**
 * True for what jiti keeps of configs it has compiled, and for their folder. It
 * writes them while a hook runs, and takes one only when the digest in it is that
 * of the source it has just read (jiti 2.7.0, `getCache`; 1.21 likewise), so what
 * lies there never changes a result: to look at it is no input.
 */
export function isToolCache(target: string): boolean {
  if (!/[\\/]jiti(?:[\\/][^\\/]+\.[cm]?jsx?)?$/.test(target)) return false
  const folder = path.basename(target) === 'jiti' ? target : path.dirname(target)
  const home = path.dirname(folder)
  return home === os.tmpdir() || home.endsWith(path.join('node_modules', '.cache'))
}

/**
 * What tools put into `node_modules` for themselves while they run: Vite its bundled config and
 * its dependencies (vite 8, `.vite-temp`, `.vite`), many others what they cache (find-cache-dir).
 * Who lists such a folder looks for packages (prettier 2, for its plugins): to what lies in these
 * there is a look of its own.
 */
const toolFolders: ReadonlySet<string> = new Set(['.cache', '.vite', '.vite-temp'])

/** The names in a folder's listing that are not written by the builds themselves. */
export function lastingNames(folder: string, names: readonly string[]): readonly string[] {
  if (path.basename(folder) !== 'node_modules') return names
  return names.filter((name) => !toolFolders.has(name))
}
