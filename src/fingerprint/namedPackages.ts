import { isBuiltin } from 'node:module'
import path from 'node:path'
import type { Packages } from './packages.ts'

/** A tool's own short forms of a package's name, e.g. Babel's `env` for `@babel/preset-env`. */
export type NameForms = (name: string) => readonly string[]

const plainName: NameForms = (name) => [name]
const packageName = /^(?:@[\w.-]+\/)?[\w][\w.-]*/

/** A tree of options has few strings that name packages; beyond this it is data. */
const mostTexts = 2000

/**
 * Installed packages that short texts may name: options and config files speak
 * of presets and plugins by name, which no import shows. Over-approximates: a
 * text that happens to be a package's name only makes a key more precise.
 *
 * @returns folders of packages, sorted
 */
export function packagesNamedBy(
  texts: Iterable<string>,
  packages: Packages,
  from: string,
  forms: NameForms = plainName,
): string[] {
  const dirs = new Set<string>()
  const seen = new Set<string>()
  for (const text of texts) {
    if (seen.size >= mostTexts) break
    if (text.length > 100 || seen.has(text)) continue
    seen.add(text)
    if (path.isAbsolute(text)) {
      const owner = packages.owner(text)
      if (owner && !owner.local) dirs.add(owner.dir)
      continue
    }
    for (const form of forms(text)) {
      const name = packageName.exec(form)?.[0]
      if (name === undefined || isBuiltin(name)) continue
      const found = packages.find(name, from)
      if (found) dirs.add(found.dir)
    }
  }
  return [...dirs].sort()
}

/** All string values in a tree of plain data. */
export function* textsIn(tree: unknown): Generator<string> {
  if (typeof tree === 'string') yield tree
  else if (tree instanceof Map || tree instanceof Set) for (const each of tree) yield* textsIn(each)
  else if (typeof tree === 'object' && tree !== null && !ArrayBuffer.isView(tree)) {
    for (const each of Object.values(tree)) yield* textsIn(each)
  }
}

/** Words of a config file that may name a package: quoted ones, and labels of objects. */
export function* wordsIn(content: string): Generator<string> {
  for (const [, quoted, label] of content.matchAll(/["'`]([^"'`\n]{1,100})["'`]|([\w-]+)\s*:/g)) {
    yield (quoted ?? label)!
  }
}
