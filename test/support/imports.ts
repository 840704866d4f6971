import fs from 'node:fs'
import path from 'node:path'
import { parseSync, Visitor } from 'rolldown/utils'
import { listFiles } from './compareDirs.ts'
import { repository } from './temp.ts'

/** One import between two files; both relative to the folder that was read. */
export interface Import {
  readonly from: string
  readonly to: string
  /** Gone at run time. `import { type A }` is not: it leaves `import {}`. */
  readonly typeOnly: boolean
}

/**
 * All relative imports of the TypeScript files below a folder of the repository,
 * in the order of the files and of the text.
 *
 * @param sources file names with their text, instead of what is on disk.
 */
export function readImports(folder: string, sources?: ReadonlyMap<string, string>): Import[] {
  const files = sources ?? readSources(path.join(repository, folder))
  return [...files].flatMap(([file, text]) => importsOf(file, text))
}

function readSources(dir: string): Map<string, string> {
  const names = listFiles(dir).filter((name) => name.endsWith('.ts'))
  return new Map(names.map((name) => [name, fs.readFileSync(path.join(dir, name), 'utf8')]))
}

function importsOf(file: string, text: string): Import[] {
  const found: (Import & { start: number })[] = []
  function add(source: { value?: unknown; start: number } | null, typeOnly: boolean): void {
    if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return
    const to = path.posix.join(path.posix.dirname(file), source.value)
    found.push({ from: file, to, typeOnly, start: source.start })
  }
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`)
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source as { start: number }, false),
    TSImportType: (node) => add(node.source, true),
  }).visit(program)
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({ from, to, typeOnly }) => ({ from, to, typeOnly }))
}

/** The imports that go up a list of rooms (top first), and the rooms that are not in it. */
export function upwardEdges(imports: readonly Import[], rooms: readonly string[]): string[] {
  // files outside of any folder are above all rooms
  const rank = (file: string): number => (file.includes('/') ? rooms.indexOf(roomOf(file)) : -1)
  const found = imports.flatMap(({ from, to }) => {
    for (const file of [from, to]) {
      if (file.includes('/') && rank(file) === -1) return [`${file}: ${roomOf(file)} is no room`]
    }
    return rank(to) < rank(from) ? [`${from} → ${to}`] : []
  })
  return [...new Set(found)]
}

function roomOf(file: string): string {
  return file.split('/')[0]!
}

/** Circles of imports that are there at run time, each as its files from the first one round to it. */
export function findCycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const cycles: string[] = []
  function visit(file: string, way: readonly string[]): void {
    const start = way.indexOf(file)
    if (start !== -1) cycles.push([...way.slice(start), file].join(' → '))
    if (start !== -1 || done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...way, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return cycles
}
