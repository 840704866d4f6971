import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Names the machines that can use each other's results: those with the same project, by the name in
 * the package.json of the workspace, and the same version of Node, which is in every fingerprint. It
 * separates, for less traffic; trust is a matter of scopes and signatures.
 */
export function familyOf(workspaceRoot: string, node: string = process.version): string {
  return `${projectName(workspaceRoot).slice(0, 214)} node-${node}`
}

function projectName(workspaceRoot: string): string {
  try {
    const manifest = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
      name?: unknown
    }
    return typeof manifest.name === 'string' ? manifest.name : ''
  } catch {
    return ''
  }
}
