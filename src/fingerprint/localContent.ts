import { type Dirent, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Bytes read in full; the files beyond are told by name, size and time of change. */
const READ = 32 * 1024 * 1024

/** What can be imported, and what code commonly reads beside itself. */
const IMPORTABLE = /\.(?:[mc]?[jt]s|[jt]sx|json|node|wasm|vue|svelte|css|html)$/

/** Folders that are none of the package's own. */
const FOREIGN = new Set(['node_modules', '.git', 'coverage'])

/**
 * Digest of the files of a package that no version stands for. Built output
 * counts as well: a linked package is often imported from its `dist`. Packages
 * in its folders (a workspace root has its members there) are others.
 */
export function localContent(dir: string, digest: (value: unknown) => string): string {
  const files = [...importable(dir, '')]
  const nested = files
    .filter((file) => file.endsWith('/package.json') && hasName(path.join(dir, file)))
    .map((file) => file.slice(0, -'package.json'.length))
  const own = files.filter((file) => !nested.some((folder) => file.startsWith(folder)))
  let left = READ
  const contents = own.toSorted().map((file) => {
    const at = path.join(dir, file)
    try {
      const { size, mtimeMs } = statSync(at)
      left -= size
      return [file, left < 0 ? `${size} ${mtimeMs}` : digest(new Uint8Array(readFileSync(at)))]
    } catch {
      return [file, 'unreadable']
    }
  })
  return digest(contents)
}

/** Links to files are among them, folders behind links are not: a circle of links would have no end. */
function* importable(dir: string, below: string): Generator<string> {
  const entries = list(path.join(dir, below))
  // told like a file that can't be read
  if (!entries) yield below
  for (const entry of entries ?? []) {
    const file = below + entry.name
    if (entry.isDirectory()) {
      if (!FOREIGN.has(entry.name)) yield* importable(dir, `${file}/`)
    } else if (IMPORTABLE.test(entry.name)) yield file
  }
}

function list(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}

function hasName(manifest: string): boolean {
  try {
    return 'name' in JSON.parse(readFileSync(manifest, 'utf8'))
  } catch {
    return false
  }
}
