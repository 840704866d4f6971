import fs from 'node:fs'
import path from 'node:path'
import { stampOf, statOf } from './stamp.ts'

/**
 * Finds the package in `node_modules` that owns a path. Installed code changes
 * only with its package's version, so one look at `package.json` stands for all of it. Hidden folders (`.cache`, `.vite`) belong to no package; pnpm's
 * `.pnpm` holds real ones.
 */
export function packageDirOf(target: string): string | undefined {
  const marker = `${path.sep}node_modules${path.sep}`
  const at = target.lastIndexOf(marker)
  if (at === -1) return undefined
  const start = at + marker.length
  const [first, second] = target.slice(start).split(path.sep)
  if (!first || first.startsWith('.')) return undefined
  if (!first.startsWith('@')) return target.slice(0, start) + first
  return second ? target.slice(0, start) + first + path.sep + second : undefined
}

/**
 * What Node runs, and what says of a package who it is: their version stands for these, for tools
 * load hundreds of them. A sheet, a type or an icon is looked at for what is in it: a package that
 * comes from Git or from a file, or that is patched, has the version that it had.
 */
export function isCode(file: string): boolean {
  return /\.(?:[cm]?js|node|wasm)$/.test(file) || path.basename(file) === 'package.json'
}

/** Another text once a package in a folder was installed anew. */
export function manifestStamp(dir: string): string {
  return stampOf(statOf(path.join(dir, 'package.json')))
}

/** `name@version` of the package in a folder; `absent` when there is none, `linked` when it lives outside `node_modules`. */
export function packageVersion(dir: string): string {
  try {
    const real = fs.realpathSync(dir)
    if (!real.includes(`${path.sep}node_modules${path.sep}`)) return 'linked'
    const manifest = JSON.parse(fs.readFileSync(path.join(real, 'package.json'), 'utf8')) as {
      name?: string
      version?: string
    }
    return `${manifest.name}@${manifest.version}`
  } catch {
    return 'absent'
  }
}
