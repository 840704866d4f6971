// Edits of whole files. Each answers what it did, or nothing when it can't be done here.
import path from 'node:path'
import { readFileSync } from 'node:fs'
import { filesOf, putFile, readText, removeFile } from '../tree.mjs'
import { dropImport, importsIn, replaceSpecifier } from './imports.mjs'
import { sourceFiles } from './text.mjs'

/** Gives a module another name; mostly its imports follow. */
export function renameFile({ dir, random }) {
  const imports = importsIn(dir)
  const targets = [...new Set(imports.map(({ to }) => to))].filter(
    (to) => !/\/index\.\w+$/.test(to),
  )
  if (targets.length === 0) return undefined
  const name = random.pick(targets)
  const { dir: folder, base } = path.posix.parse(name)
  const stem = base.slice(0, base.indexOf('.', 1))
  const nextStem = stem.replace(/\d*$/, String(random.integer(1, 99)))
  const next = `${folder}/${nextStem}${base.slice(stem.length)}`
  if (filesOf(dir).includes(next)) return undefined
  putFile(dir, next, readFileSync(path.join(dir, name)))
  removeFile(dir, name)
  if (random.chance(0.08)) return `${name} → ${next}, its imports stay`
  for (const { from, spec } of imports.filter(({ to }) => to === name)) {
    const holder = from === name ? next : from
    const to = renamed(spec, stem, nextStem)
    putFile(dir, holder, replaceSpecifier(readText(dir, holder), spec, to))
  }
  return `${name} → ${next}`
}

/** A partial is `_name.scss` and imported without the underscore. */
function renamed(spec, stem, nextStem) {
  const at = spec.lastIndexOf('/') + 1
  const [from, to] = spec.slice(at).startsWith(stem)
    ? [stem, nextStem]
    : [stem.slice(1), nextStem.slice(1)]
  return spec.slice(0, at) + spec.slice(at).replace(from, to)
}

/** Deletes a module; half the time the statements that import it go too. */
export function deleteFile({ dir, random }) {
  const name = random.pick(sourceFiles(dir))
  const users = importsIn(dir).filter(({ from, to }) => to === name && from !== name)
  removeFile(dir, name)
  if (random.chance(0.25)) return `${name} deleted`
  for (const { from, spec } of users) putFile(dir, from, dropImport(readText(dir, from), spec))
  return `${name} deleted, with ${users.length} imports`
}

/** A new module that one of the scripts imports. */
export function addFile({ dir, random }) {
  const scripts = sourceFiles(dir).filter((name) => /\.[jt]sx?$/.test(name))
  if (scripts.length === 0) return undefined
  const user = random.pick(scripts)
  const n = random.integer(1, 9999)
  const name = path.posix.join(path.posix.dirname(user), `soak-${n}${path.extname(user)}`)
  putFile(dir, name, `globalThis.soak${n} = [${n}].map((each) => each * 2)\n`)
  const text = readText(dir, user)
  if (random.chance(0.8)) putFile(dir, user, `import './soak-${n}'\n${text}`)
  return `${name} added to ${user}`
}

/** A file that is found ahead of the one that an import without an ending leads to. */
export function shadowFile({ dir, random }) {
  const open = importsIn(dir).filter(({ spec, to }) => /\.tsx?$/.test(to) && !/\.tsx?$/.test(spec))
  if (open.length === 0) return undefined
  const { from, spec, to } = random.pick(open)
  const base = path.posix.join(path.posix.dirname(from), spec)
  const name = `${base}${random.pick(['.js', '.mjs'])}`
  if (filesOf(dir).includes(name)) {
    removeFile(dir, name)
    return `${name} ahead of ${to} gone`
  }
  const target = `./${path.posix.relative(path.posix.dirname(name), to)}`
  const n = random.integer(1, 9999)
  putFile(dir, name, `export * from '${target}'\nglobalThis.soakShadow = ${n}\n`)
  return `${name} ahead of ${to}`
}

/** Two files of a kind swap their contents. */
export function swapFiles({ dir, random }) {
  const names = sourceFiles(dir)
  const one = random.pick(names)
  const others = names.filter((name) => name !== one && path.extname(name) === path.extname(one))
  if (others.length === 0) return undefined
  const other = random.pick(others)
  const [first, second] = [one, other].map((name) => readFileSync(path.join(dir, name)))
  putFile(dir, one, second)
  putFile(dir, other, first)
  return `${one} ⇄ ${other}`
}
