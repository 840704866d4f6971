import { readdirSync } from 'node:fs'
import path from 'node:path'

/** A folder named `node_modules` that is there. */
export interface Modules {
  readonly dir: string
  /** False when no package of this name is in it: most names are looked for in many folders and are in one. */
  mayHold(name: string): boolean
}

/** Gives the `node_modules` folders that Node looks in for code in a folder, nearest first. Lists each once. */
export function modulesFinder(): (dir: string) => readonly Modules[] {
  const above = new Map<string, readonly Modules[]>()
  return function modulesAbove(dir): readonly Modules[] {
    let found = above.get(dir)
    if (!found) {
      const own = path.basename(dir) === 'node_modules' ? undefined : modulesIn(dir)
      const parent = path.dirname(dir)
      const others = parent === dir ? [] : modulesAbove(parent)
      above.set(dir, (found = own ? [own, ...others] : others))
    }
    return found
  }
}

function modulesIn(folder: string): Modules | undefined {
  const dir = path.join(folder, 'node_modules')
  try {
    // in lower case: some file systems take a name in either
    const names = new Set(readdirSync(dir).map((name) => name.toLowerCase()))
    return { dir, mayHold: (name) => names.has(/^[^/]*/.exec(name)![0].toLowerCase()) }
  } catch {
    return undefined
  }
}
