import fs from 'node:fs'
import path from 'node:path'
import { withoutQuery } from './moduleId.ts'
import type { PolicyCall } from './policy.ts'

// Taken once, for these properties of `fs` are observed while hooks run.
const { readFileSync } = fs

/**
 * The files that a CSS module takes classes and values from: `composes: a from './b.module.css'`.
 * postcss-modules 9 and 6 (in Vite 8 and 7) read them by a `readFile` taken when they are loaded,
 * and name none. Undefined when one can't be told: a package's, an alias, one made by Sass.
 */
export function classSources(
  call: PolicyCall,
  watchFiles: readonly string[],
): readonly string[] | undefined {
  const file = withoutQuery(call.id)
  const found = new Set<string>()
  // what is imported speaks of files as if it stood in the module itself
  const texts = watchFiles.flatMap((each) => (isText.test(each) ? [[file, read(each)]] : []))
  const sheets = [[file, call.code], ...texts] as [from: string, text: string | undefined][]
  for (const [from, text] of sheets) {
    if (text === undefined || unclear.test(text)) return undefined
    for (const [, quoted, bare] of text.matchAll(sources)) {
      const name = (quoted ?? bare)!
      const source = path.resolve(path.dirname(from), name)
      if (!name.startsWith('.')) return undefined
      if (found.has(source)) continue
      found.add(source)
      sheets.push([source, read(source)])
    }
  }
  return [...found]
}

const isText = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss|sss)$/
const sources = /\bfrom\s*['"]([^'"]*)['"]|:import\(\s*['"]?([^'")]+)/g
/** A source that is neither a text nor `global`. */
const unclear = /composes[^;{}]*\bfrom\s+(?!['"]|global\b)/

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
