import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { InstalledPackage } from './packages.ts'

/**
 * Gives what the origin of an installed package adds to its name, empty for one of a registry: from
 * Git, a tarball or a URL another content may come with the version that was there.
 * - pnpm has it in the folder (`.pnpm/a@https+++codeload.github.com+me+a+tar.gz+0a1b2c/…`), and the
 *   digest of a file in `node_modules/.pnpm/lock.yaml`
 * - npm writes all that it installed into `node_modules/.package-lock.json`
 * @param look told of each path that counts.
 */
export function originsOf(
  root: string,
  look: (target: string) => void,
  digest: (value: unknown) => string,
): (found: InstalledPackage) => string {
  let npm: Installed | undefined
  let pnpm: string | undefined
  return ({ dir }) => {
    const folder = /\/\.pnpm\/((?:@[^/]*\+)?[^/@]+@(?!\d)[^/]+)\//.exec(
      dir.replaceAll('\\', '/'),
    )?.[1]
    if (folder !== undefined) {
      pnpm ??= textOf(path.join(root, 'node_modules/.pnpm/lock.yaml'), look) ?? ''
      const file = /@file\+(.*)/.exec(folder)?.[1]
      return `+from:${digest([folder, file && tarballs(pnpm, path.basename(file.replaceAll('+', '/')))])}`
    }
    npm ??= installedBy(textOf(path.join(root, 'node_modules/.package-lock.json'), look))
    const { resolved, integrity, link } = npm[path.relative(root, dir).replaceAll('\\', '/')] ?? {}
    // from a registry the version says all
    if (link || resolved === undefined || /^https?:.*\/-\//.test(resolved)) return ''
    return `+from:${digest([resolved, integrity])}`
  }
}

type Installed = Readonly<
  Record<
    string,
    { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean }
  >
>

function installedBy(lock: string | undefined): Installed {
  try {
    return (JSON.parse(lock ?? '{}') as { packages?: Installed }).packages ?? {}
  } catch {
    return {}
  }
}

/** `resolution: {integrity: sha512-…, tarball: file:a-1.0.0.tgz}` */
function tarballs(lock: string, name: string): string[] {
  return lock.split('\n').filter((line) => line.includes('integrity:') && line.includes(name))
}

function textOf(file: string, look: (target: string) => void): string | undefined {
  look(file)
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
