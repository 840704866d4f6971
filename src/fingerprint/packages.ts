import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import type { KeptClosures } from './keptClosures.ts'
import { localContent } from './localContent.ts'
import { packagePath } from './locality.ts'
import { type Manifest, manifestReader, reachable } from './manifests.ts'
import { modulesFinder } from './modules.ts'
import { originsOf } from './origins.ts'
import { patchesOf } from './patches.ts'

export interface InstalledPackage {
  readonly name: string
  readonly version: string
  /** Real path of its folder. */
  readonly dir: string
  /** Outside of any `node_modules`: linked, or a member of the workspace. */
  readonly local: boolean
}

/** Looks at installed packages. Remembers what it read: make one per build. */
export interface Packages {
  /** The package that a file or folder belongs to: the nearest package.json above that has a name. */
  owner(file: string): InstalledPackage | undefined
  /** The package that code in `fromDir` gets when it imports this name, as Node looks for it. */
  find(name: string, fromDir: string): InstalledPackage | undefined
  /**
   * The package of a file or folder and all that its code can reach, as sorted
   * lines: `vue@3.5.45`, patched `vue@3.5.45+patch:<digest>`, of no registry
   * `vue@3.5.45+from:<digest of its origin>`, local
   * `theme@1.0.0+local:<digest of its files>`. Empty when there is no package.
   */
  closure(file: string): readonly string[]
}

interface Closure {
  readonly lines: readonly string[]
  /** No package in it is local. */
  readonly isInstalled: boolean
}

export interface PackagesOptions {
  /** Workspace root: where patch tools keep their patches. */
  readonly root: string
  readonly digest: (value: unknown) => string
  /** What earlier processes found. */
  readonly kept?: KeptClosures
}

export function createPackages({ root, digest, kept }: PackagesOptions): Packages {
  const look = kept?.look ?? (() => undefined)
  const readManifest = manifestReader(look)
  const modulesAbove = modulesFinder(look)
  const patchOf = patchesOf(root, look, digest)
  const originOf = originsOf(root, look, digest)
  const realDirs = new Map<string, string | undefined>()
  const lines = new Map<string, string>()
  /** By the folder they start from. */
  const closures = new Map<string, Closure>()

  const realDir = (dir: string): string | undefined => {
    if (!realDirs.has(dir)) realDirs.set(dir, realOf(dir))
    return realDirs.get(dir)
  }

  const packageAt = (dir: string): InstalledPackage | undefined => {
    const manifest = readManifest(dir)
    if (!manifest?.name) return undefined
    const { name, version = '0.0.0' } = manifest
    return { name, version, dir, local: packagePath(`${dir}/`) === undefined }
  }

  const owner = (file: string): InstalledPackage | undefined => {
    for (const dir of upwards(realDir(file) ?? path.resolve(file))) {
      const found = packageAt(dir)
      if (found) return found
    }
    return undefined
  }

  const find = (name: string, fromDir: string): InstalledPackage | undefined => {
    for (const modules of modulesAbove(path.resolve(fromDir))) {
      if (!modules.mayHold(name)) continue
      const link = path.join(modules.dir, name)
      const at = realDir(link)
      // it may lead nowhere now
      if (at === undefined) look(link)
      const found = at === undefined ? undefined : packageAt(at)
      if (found) return found
    }
    return undefined
  }

  const lineOf = (found: InstalledPackage): string => {
    let line = lines.get(found.dir)
    if (line === undefined) {
      const { name, version, dir, local } = found
      const extra = local ? `+local:${localContent(dir, digest)}` : originOf(found) + patchOf(found)
      lines.set(dir, (line = `${name}@${version}${extra}`))
    }
    return line
  }

  const reachableFrom = (start: InstalledPackage): Closure => {
    const known = closures.get(start.dir)
    if (known) return known
    const met = new Map([[start.dir, start]])
    for (const { dir } of met.values()) {
      const manifest = readManifest(dir) as Manifest
      for (const name of reachable(manifest)) {
        const found = find(name, dir)
        if (!found || met.has(found.dir)) continue
        if (!isBinaryOf(manifest, readManifest(found.dir))) met.set(found.dir, found)
      }
    }
    const all = [...met.values()]
    const closure = {
      lines: [...new Set(all.map(lineOf))].toSorted(),
      isInstalled: !all.some(({ local }) => local),
    }
    closures.set(start.dir, closure)
    return closure
  }

  const closure = (file: string): readonly string[] => {
    const real = realDir(file) ?? path.resolve(file)
    const known = kept?.get(real)
    if (known) return known
    const start = owner(real)
    if (!start) return []
    const { lines, isInstalled } = reachableFrom(start)
    // local packages stand there by their files
    if (isInstalled) kept?.set(real, lines)
    return lines
  }

  return { owner, find, closure }
}

/**
 * Native binaries (`@rolldown/binding-linux-x64-gnu`) come in one version with
 * the package that pins them, and would keep machines of two kinds from sharing.
 */
function isBinaryOf(user: Manifest, found: Manifest | undefined): boolean {
  const wanted = found?.name === undefined ? undefined : user.optionalDependencies?.[found.name]
  return found?.os !== undefined && wanted !== undefined && wanted === found.version
}

function upwards(from: string): string[] {
  const dirs = [path.resolve(from)]
  for (let dir = dirs[0] as string; dir !== path.dirname(dir); dirs.push(dir))
    dir = path.dirname(dir)
  return dirs
}

/** Most names are looked for in many folders and are in one: an error for each miss would cost more than the rest. */
function realOf(dir: string): string | undefined {
  if (!existsSync(dir)) return undefined
  try {
    return realpathSync.native(dir)
  } catch {
    return undefined
  }
}
