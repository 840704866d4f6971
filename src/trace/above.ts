import path from 'node:path'

/**
 * Folders above the workspace, where tools look for configs and packages on
 * their way up. Another checkout has others, and more or fewer of them: what is
 * looked for up there (`.browserslistrc`) is an input by its name alone, and
 * stands for that name in every one of them.
 */
export interface Above {
  /** The name under which a path up there is looked for, `''` for one of the folders; undefined for other paths. */
  nameOf(target: string): string | undefined
  /** Where a name is looked for. */
  candidates(name: string): string[]
}

export function createAbove(workspaceRoot: string): Above {
  const folders: string[] = []
  for (let dir = path.resolve(workspaceRoot); dir !== path.dirname(dir);) {
    folders.push((dir = path.dirname(dir)))
  }

  return {
    nameOf(target) {
      const folder = folders.find((each) => target === each || target.startsWith(withSlash(each)))
      if (folder === undefined) return undefined
      const name = path.relative(folder, target)
      // any absolute path is below the root of the disk
      const isSearch =
        path.dirname(folder) !== folder || /^(?:[^\\/]*$|node_modules[\\/])/.test(name)
      return isSearch ? name : undefined
    },
    candidates: (name) => folders.map((folder) => path.join(folder, name)),
  }
}

function withSlash(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep
}
