import fs from 'node:fs'
import path from 'node:path'
import { withoutQuery } from './moduleId.ts'
import type { PolicyCall, PolicyPlace } from './policy.ts'

// Taken once, for these properties of `fs` are observed while hooks run.
const { readFileSync } = fs

/**
 * Folders in which a file may appear that a sheet, or one that it imports, would then find first:
 * beside each importing file and in each search path. Nobody names those: Less and Stylus look in
 * worker threads, Vite 8 natively.
 */
export function importFolders(
  call: PolicyCall,
  watchFiles: readonly string[],
  place: PolicyPlace,
  parts: Readonly<Record<string, unknown>>,
): string[] {
  const own = withoutQuery(call.id)
  const sheets = watchFiles.filter((each) => styleSheet.test(each) && !isInstalled(each))
  const texts = [[own, call.code ?? ''], ...sheets.map((each) => [each, read(each)])]
  const searched = searchPaths(parts).flatMap((each) => {
    const text = each.replace(/^<root>\//, `${place.workspaceRoot}/`)
    return [path.resolve(text), path.resolve(place.root, text)]
  })
  const folders = new Set<string>()
  for (const [from, text] of texts as [string, string][]) {
    for (const name of importedBy(text)) {
      for (const base of [path.dirname(from), ...searched]) {
        const target = path.resolve(base, name)
        // a folder may hold an index
        folders.add(path.dirname(target)).add(target)
      }
    }
  }
  return [...folders].filter((each) => !isInstalled(each))
}

const styleSheet = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss|sss)$/

function isInstalled(file: string): boolean {
  return file.includes('/node_modules/')
}

/** What follows `@import` and the like: each text in quotes or `url()`, and single words (Sass, Stylus). */
function importedBy(text: string): string[] {
  const rules = text.matchAll(
    /@(?:import|use|forward|require|plugin|reference|value)\b([^;{}\n]*)/g,
  )
  return Array.from(rules).flatMap(([, rule = '']) =>
    Array.from(rule.matchAll(/"([^"]+)"|'([^']+)'|url\(\s*([^'")\s]+)|^\s*([\w./-]+)\s*$/g))
      .map(([, double, single, url, word]) => (double ?? single ?? url ?? word)!)
      .filter((name) => !/^(?:[a-z]+:)?\/\//.test(name)),
  )
}

/** Of `css.preprocessorOptions`: Less's and Stylus's `paths`, Sass's `loadPaths` and `includePaths`. */
function searchPaths(tree: unknown, label = ''): string[] {
  if (typeof tree === 'string') return labels.has(label) ? [tree] : []
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) =>
    searchPaths(value, Array.isArray(tree) ? label : name),
  )
}

const labels: ReadonlySet<string> = new Set(['paths', 'loadPaths', 'includePaths'])

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
