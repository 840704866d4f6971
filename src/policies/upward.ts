import path from 'node:path'
import type { PolicyPlace } from './policy.ts'

/**
 * Candidates of a tool that looks for its config upwards: every name in every
 * folder from `from` up to the workspace root, present or not, for one that
 * appears changes what is found. Without a place: up to the root of the disk, for a
 * tool that stops nowhere, or by marks of its own.
 */
export function upward(names: readonly string[], from: string, place?: PolicyPlace): string[] {
  const candidates: string[] = []
  for (let dir = from; ; dir = path.dirname(dir)) {
    for (const name of names) candidates.push(path.join(dir, name))
    if (dir === place?.workspaceRoot || dir === path.dirname(dir)) return candidates
  }
}
