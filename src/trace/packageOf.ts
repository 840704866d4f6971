import fs from 'node:fs'
import path from 'node:path'
import { stampOf, statOf } from './stamp.ts'

/**
 * Finds the package in `node_modules` that owns a path. Installed files change
 * only with their package's version, so one look at `package.json` stands for
 * all of them. Hidden folders (`.cache`, `.vite`) belong to no package; pnpm's
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
