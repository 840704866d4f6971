import { existsSync } from 'node:fs'
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

/**
 * The same for a tool that goes on to the root of the disk, or stops by marks of its own. Of the
 * folders above the workspace, one stands for a name in all of them (trace/above.ts); what is there
 * is named besides, for what it extends.
 */
export function upwardBeyond(names: readonly string[], from: string, place: PolicyPlace): string[] {
  const candidates = upward(names, from, place)
  let isFirst = true
  for (let dir = place.workspaceRoot; dir !== path.dirname(dir);) {
    dir = path.dirname(dir)
    const here = names.map((name) => path.join(dir, name))
    candidates.push(...here.filter((file) => isFirst || existsSync(file)))
    isFirst = false
  }
  return candidates
}
