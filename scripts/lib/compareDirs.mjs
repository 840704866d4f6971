import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

export function compareDirs(first, second) {
  const left = digests(first)
  const right = digests(second)
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  return names.flatMap((name) => {
    if (!right.has(name)) return [`${name}: only in ${first}`]
    if (!left.has(name)) return [`${name}: only in ${second}`]
    return left.get(name) === right.get(name) ? [] : [`${name}: differs`]
  })
}

export function listFiles(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort()
}

function digests(dir) {
  return new Map(
    listFiles(dir).map((name) => {
      const content = readFileSync(path.join(dir, name))
      return [name, createHash('sha256').update(content).digest('hex')]
    }),
  )
}
