import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Writes a text so that it reads the same in another checkout: the workspace root becomes `<root>`. */
export type Relocate = (text: string) => string

/**
 * Replaces the root in the forms it takes in values: a path with either slash,
 * a `file:` URL, the source of a RegExp (`\/home\/me\/app`), and JSON text. A
 * longer name is another path: `/work/app` is not in `/work/app2` or `/x/work/app`,
 * but it is in Vite's `/@fs/work/app`.
 */
export function relocation(root: string): Relocate {
  let relocate = relocations.get(root)
  if (!relocate) relocations.set(root, (relocate = createRelocate(root)))
  return relocate
}

/** Each tree of a build asks for the one of its root. */
const relocations = new Map<string, Relocate>()

function createRelocate(root: string): Relocate {
  const forms = [root, real(root)].filter((path) => path.length > 3).flatMap(formsOf)
  if (forms.length === 0) return (text) => text
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length)
  const pattern = new RegExp(
    String.raw`(?:(?<![\w.-])|(?<=/@fs))(?:${longestFirst.map(escaped).join('|')})(?![\w.-])`,
    'g',
  )
  return (text) =>
    longestFirst.some((form) => text.includes(form)) ? text.replace(pattern, '<root>') : text
}

function formsOf(path: string): string[] {
  const slashed = path.replaceAll('\\', '/')
  const url = pathToFileURL(path).href
  const plain = [path, slashed, path.replaceAll('\\', '\\\\'), url, url.replace('file://', '')]
  const patterns = plain.flatMap((form) => [
    escaped(form),
    // What tools disagree on when they escape for a RegExp.
    escaped(form).replaceAll('\\-', '-'),
    escaped(form).replaceAll('\\-', '\\x2d'),
  ])
  return [...plain, ...patterns].flatMap((form) => [form, form.replaceAll('/', '\\/')])
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}-]/g, String.raw`\$&`)
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
