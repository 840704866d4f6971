import { readdirSync } from 'node:fs'
import path from 'node:path'

/** A folder named `node_modules` that is there. */
export interface Modules {
  readonly dir: string
  /** False when no package of this name is in it: most names are looked for in many folders and are in one. */
  mayHold(name: string): boolean
}

/**
 * Gives the `node_modules` folders that Node looks in for code in a folder, nearest first. Lists each once.
 * @param look told of each folder before it is read.
 */
export function modulesFinder(look: (target: string) => void): (dir: string) => readonly Modules[] {
  const above = new Map<string, readonly Modules[]>()
  return function modulesAbove(dir): readonly Modules[] {
    let found = above.get(dir)
    if (!found) {
      const own = path.basename(dir) === 'node_modules' ? undefined : modulesIn(dir, look)
      const parent = path.dirname(dir)
      const others = parent === dir ? [] : modulesAbove(parent)
      above.set(dir, (found = own ? [own, ...others] : others))
    }
    return found
  }
}

function modulesIn(folder: string, look: (target: string) => void): Modules | undefined {
  const dir = path.join(folder, 'node_modules')
  look(dir)
  try {
    // in lower case: some file systems take a name in either
    const names = new Set(readdirSync(dir).map((name) => name.toLowerCase()))
    return {
      dir,
      mayHold(name) {
        const [first] = /^[^/]*/.exec(name)!
        if (!names.has(first.toLowerCase())) return false
        if (first !== name) look(path.join(dir, first))
        return true
      },
    }
  } catch {
    return undefined
  }
}
