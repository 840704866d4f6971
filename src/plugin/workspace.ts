import fs from 'node:fs'
import path from 'node:path'

/** Files that make a folder the root of a workspace. Not `turbo.json`, which packages may have too. */
const markers = ['pnpm-workspace.yaml', 'lerna.json', 'nx.json', 'rush.json']

/**
 * The nearest folder above that holds a workspace (`workspaces` in its package.json for npm, yarn
 * and bun; pnpm's, Lerna's, Nx's or Rush's file), else the nearest package, else the folder itself.
 * Does not look above a `.git`.
 */
export function findWorkspaceRoot(from: string): string {
  let nearest: string | undefined
  for (let dir = path.resolve(from); ; dir = path.dirname(dir)) {
    if (isWorkspace(dir)) return dir
    if (fs.existsSync(path.join(dir, 'package.json'))) nearest ??= dir
    if (fs.existsSync(path.join(dir, '.git')) || dir === path.dirname(dir)) {
      return nearest ?? path.resolve(from)
    }
  }
}

function isWorkspace(dir: string): boolean {
  if (markers.some((name) => fs.existsSync(path.join(dir, name)))) return true
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8')) as object
    return 'workspaces' in manifest
  } catch {
    return false
  }
}

/**
 * Where a workspace's store is unless told otherwise: in a folder that task runners, git and
 * whoever cleans up know to be a cache. Rush wants no `node_modules` beside its file, and has a
 * folder of its own for what can be made again.
 */
export function defaultStoreDir(workspaceRoot: string): string {
  const isRush = fs.existsSync(path.join(workspaceRoot, 'rush.json'))
  const caches = isRush ? 'common/temp' : 'node_modules/.cache'
  return path.join(workspaceRoot, caches, 'vite-plugin-remember/v1')
}
