import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

/** What builds leave in an app's folder. (Not `dist`: outputs go elsewhere, and a package's code may be in one.) */
const leftOut = new Set(['.vite-temp', '.vite', '.cache'])

/** Every file of a copy, relative to it and with `/`, in code unit order. */
export function filesOf(dir) {
  return below(dir, '').sort()
}

function below(dir, prefix) {
  return readdirSync(path.join(dir, prefix), { withFileTypes: true }).flatMap((entry) => {
    if (leftOut.has(entry.name)) return []
    const name = prefix + entry.name
    return entry.isDirectory() ? below(dir, `${name}/`) : [name]
  })
}

/** Content and time of every file. */
export function takeTree(dir) {
  return new Map(
    filesOf(dir).map((name) => {
      const file = path.join(dir, name)
      return [name, { content: readFileSync(file), seconds: wholeSeconds(file) }]
    }),
  )
}

/** Writes what differs from an earlier state, as a checkout does, or with the times it had, as an archive does. */
export function putTree(dir, tree, withTimes) {
  for (const name of filesOf(dir)) if (!tree.has(name)) removeFile(dir, name)
  for (const [name, { content, seconds }] of tree) {
    const file = path.join(dir, name)
    if (readMaybe(file)?.equals(content)) continue
    putFile(dir, name, content)
    if (withTimes && seconds !== undefined) utimesSync(file, seconds, seconds)
  }
}

export function readText(dir, name) {
  return readFileSync(path.join(dir, name), 'utf8')
}

export function putFile(dir, name, content) {
  const file = path.join(dir, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** Also folders that are empty then: resolvers and listings see them. */
export function removeFile(dir, name) {
  rmSync(path.join(dir, name))
  for (let folder = path.posix.dirname(name); folder !== '.'; folder = path.posix.dirname(folder)) {
    if (readdirSync(path.join(dir, folder)).length > 0) return
    rmSync(path.join(dir, folder), { recursive: true })
  }
}

/** Only whole seconds come back exactly when they are set: Node takes a time as a floating point number. */
export function wholeSeconds(file) {
  const { mtimeNs } = statSync(file, { bigint: true })
  return mtimeNs % 1_000_000_000n === 0n ? Number(mtimeNs / 1_000_000_000n) : undefined
}

function readMaybe(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
