import fs from 'node:fs'
import { parseSync, Visitor, type ParseResult } from 'rolldown/utils'

/** What a name of a module stands for: a declaration in it, or a name of another file or package. */
export type Binding =
  | { readonly kind: 'declared'; readonly text: string; readonly uses: readonly string[] }
  | { readonly kind: 'imported'; readonly from: string; readonly name: string }

/** One `.d.ts` file. */
export interface Declarations {
  readonly bindings: ReadonlyMap<string, Binding>
  /** Exported name → name in `bindings`. */
  readonly exports: ReadonlyMap<string, string>
  /** Sources of `export *`. */
  readonly stars: readonly string[]
}

/** Reads a `.d.ts` file. Comments are left out. */
export function readDeclarations(file: string): Declarations {
  const source = fs.readFileSync(file, 'utf8')
  const { program, comments } = parse(source)
  // blanked, so that positions stay
  let text = source
  for (const { start, end } of comments) {
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
  }
  const bindings = new Map<string, Binding>()
  const exports = new Map<string, string>()
  const stars: string[] = []
  for (const statement of program.body as unknown as readonly Statement[]) {
    if (statement.type === 'ExportAllDeclaration') stars.push(statement.source!.value)
    else if (statement.specifiers?.length) readSpecifiers(statement)
    else readDeclaration(statement)
  }
  return { bindings, exports, stars }

  function readSpecifiers({ source: given, specifiers = [] }: Statement): void {
    const from = given?.value
    for (const { type, local, imported, exported } of specifiers) {
      if (exported) {
        const name = from ? `${from}#${local.name}` : local.name
        exports.set(exported.name, name)
        if (from) bindings.set(name, { kind: 'imported', from, name: local.name })
      } else if (from) {
        const name = type === 'ImportDefaultSpecifier' ? 'default' : imported?.name
        bindings.set(local.name, { kind: 'imported', from, name: name ?? '*' })
      }
    }
  }

  function readDeclaration(statement: Statement): void {
    const part = statement.declaration ?? statement
    const name = part.name ?? part.id?.name ?? part.declarations?.[0]?.id.name
    if (!name) return
    if (statement.type === 'ExportDefaultDeclaration') exports.set('default', name)
    else if (statement.declaration) exports.set(name, name)
    if (part.type === 'Identifier') return
    const lines = text.slice(part.start, part.end).split('\n')
    const tidy = lines.filter((line) => line.trim() !== '').join('\n')
    const overload = bindings.get(name)
    const before = overload?.kind === 'declared' ? [overload.text] : []
    const all = [...before, tidy.replace(/^declare /, '')].join('\n')
    bindings.set(name, { kind: 'declared', text: all, uses: typesIn(all) })
  }
}

/** The fields of ESTree's statements that are read here. */
interface Statement {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly name?: string
  readonly id?: { readonly name: string } | null
  readonly source?: { readonly value: string } | null
  readonly declaration?: Statement | null
  readonly declarations?: readonly { readonly id: { readonly name: string } }[]
  readonly specifiers?: readonly {
    readonly type: string
    readonly local: { readonly name: string }
    readonly imported?: { readonly name: string }
    readonly exported?: { readonly name: string }
  }[]
}

function parse(source: string): ParseResult {
  const result = parseSync('module.d.ts', source)
  const [error] = result.errors
  if (error) throw new Error(`${error.message} in\n${source}`)
  return result
}

/** Names that a declaration refers to as types or by `typeof`. */
function typesIn(text: string): string[] {
  const names = new Set<string>()
  function add(node: object): void {
    const { name, left } = node as { name?: string; left?: object }
    if (left) add(left)
    else if (name) names.add(name)
  }
  new Visitor({
    TSTypeReference: (node) => add(node.typeName),
    TSTypeQuery: (node) => add(node.exprName),
    TSInterfaceHeritage: (node) => add(node.expression),
    TSClassImplements: (node) => add(node.expression),
    ClassDeclaration: (node) => add(node.superClass ?? {}),
  }).visit(parse(text).program)
  return [...names]
}
