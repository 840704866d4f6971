import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const inputs = ['package.json', 'scripts/build.mjs', 'tsconfig.build.json', 'tsconfig.json']
const outputs = ['vite', 'rollup', 'rolldown', 'engine', 'report']
const folders = ['src', 'inspector']

/** True when dist/ was built from what is in src/ now. By content: a checkout gives files any time. */
export function distIsCurrent(root) {
  const files = [
    'cli.js',
    'inspector.html',
    ...outputs.flatMap((name) => [`${name}.js`, `${name}.d.ts`]),
  ]
  if (!files.every((file) => existsSync(path.join(root, 'dist', file)))) return false
  const marker = markerFile(root)
  return existsSync(marker) && readFileSync(marker, 'utf8') === sourceDigest(root)
}

/** SHA-256 over all that a build of dist/ reads, apart from packages. */
export function sourceDigest(root) {
  const sources = folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }),
    )
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
  const hash = createHash('sha256')
  for (const file of [...inputs, ...sources].sort()) {
    const content = readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Remembers what dist/ was built from. Not in dist/, which is published as it is. */
export function markBuilt(root, digest) {
  const marker = markerFile(root)
  mkdirSync(path.dirname(marker), { recursive: true })
  writeFileSync(marker, digest)
}

function markerFile(root) {
  return path.join(root, '.temp/dist.sha256')
}
