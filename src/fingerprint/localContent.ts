import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)

/** Bytes read in full; the files beyond are told by name, size and time of change. */
const READ = 32 * 1024 * 1024

/** What can be imported, and what code commonly reads beside itself. */
const IMPORTABLE = '**/*.{js,mjs,cjs,ts,mts,cts,jsx,tsx,json,node,wasm,vue,svelte,css,html}'

/**
 * Digest of the files of a package that no version stands for. Built output
 * counts as well: a linked package is often imported from its `dist`. Packages
 * in its folders (a workspace root has its members there) are others.
 */
export function localContent(dir: string, digest: (value: unknown) => string): string {
  // to load it takes longer than all else of ours, and most builds have no such package
  const { globSync } = require('tinyglobby') as typeof import('tinyglobby')
  const files = globSync(IMPORTABLE, {
    cwd: dir,
    dot: true,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**', '**/.git/**', '**/coverage/**'],
  })
  const nested = files
    .filter((file) => /[\\/]package\.json$/.test(file) && hasName(path.join(dir, file)))
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

function hasName(manifest: string): boolean {
  try {
    return 'name' in JSON.parse(readFileSync(manifest, 'utf8'))
  } catch {
    return false
  }
}
