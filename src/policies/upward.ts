import fs from 'node:fs'
import path from 'node:path'
import type { PolicyPlace } from './policy.ts'

/**
 * Candidates of a tool that looks for its config upwards: every name in every
 * folder from `from` up to the workspace root, present or not, for one that
 * appears changes what is found.
 */
export function upward(names: readonly string[], from: string, place: PolicyPlace): string[] {
  const candidates: string[] = []
  for (let dir = from; ; dir = path.dirname(dir)) {
    for (const name of names) candidates.push(path.join(dir, name))
    if (dir === place.workspaceRoot || dir === path.dirname(dir)) return candidates
  }
}

/** Like `upward`, only those that are there: for files whose sheer number of absent candidates would weigh. */
export function presentUpward(names: readonly string[], place: PolicyPlace): string[] {
  return upward(names, place.root, place).filter((file) => fs.existsSync(file))
}
