import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { InstalledPackage } from './packages.ts'

/**
 * Gives what a patch adds to the name of an installed package, empty without one:
 * - pnpm writes the patch's hash into the folder (`.pnpm/vue@3.5.45_patch_hash=abc/…`) unless its name grows too
 *   long, and keeps `patches/vue@3.5.45.patch`, `patches/@vue__shared@3.5.45.patch` or `patches/vue.patch`
 * - patch-package keeps `patches/vue+3.5.45.patch`, `patches/@vue+shared+3.5.45.patch`, `patches/a++b+1.0.0.patch`
 * - Yarn keeps `.yarn/patches/@vue-shared-npm-3.5.45-abc.patch`, Bun `patches/@vue%2Fshared@3.5.45.patch`
 * @param look told of each path that counts.
 */
export function patchesOf(
  root: string,
  look: (target: string) => void,
  digest: (value: unknown) => string,
): (found: InstalledPackage) => string {
  const patches = ['patches', path.join('.yarn', 'patches')].flatMap((folder) =>
    list(root, folder, look),
  )
  return ({ name, version, dir }) => {
    const byPnpm = /_patch_hash=(\w+)/.exec(dir)?.[1]
    if (byPnpm) return `+patch:${byPnpm}`
    const own = patches.filter((file) => concerns(path.basename(file), name, version))
    return own.length === 0 ? '' : `+patch:${digest(own.map((file) => readFileSync(file, 'utf8')))}`
  }
}

function concerns(patch: string, name: string, version: string): boolean {
  const plus = name.replace('/', '+')
  return (
    [
      `${plus}+${version}.patch`,
      ...[name.replace('/', '__'), name.replace('/', '%2F')].flatMap((file) => [
        `${file}@${version}.patch`,
        `${file}.patch`,
      ]),
    ].includes(patch) ||
    patch.endsWith(`++${plus}+${version}.patch`) ||
    // Several patches of one package are numbered: `vue+3.5.45+001+fix.patch`.
    patch.startsWith(`${plus}+${version}+`) ||
    patch.startsWith(`${name.replace('/', '-')}-npm-${version}-`)
  )
}

function list(root: string, folder: string, look: (target: string) => void): string[] {
  const dir = path.join(root, folder)
  look(dir)
  try {
    const all = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(dir, name),
    )
    // folders too: a patch may be added to one
    for (const each of all) look(each)
    return all.filter((file) => file.endsWith('.patch')).toSorted()
  } catch {
    return []
  }
}
