import path from 'node:path'
import { readDeclarations, type Declarations } from './declarations.ts'

interface Declared {
  readonly file: string
  readonly name: string
  readonly text: string
}

/**
 * The public surface of a `.d.ts` file as text for people: each exported name and
 * what it is, then the declarations these speak of that are not exported themselves.
 */
export function describeSurface(entry: string): string {
  const files = new Map<string, Declarations>()
  const exported = exportsOf(entry).map(([name, file, local]) => {
    return { name, found: follow(file, local) }
  })
  const known = new Map<string, Declared>()
  for (const { found } of exported) if (found) known.set(keyOf(found), found)
  const direct = known.size
  // grows while it is walked
  for (const declared of known.values()) {
    for (const use of usesOf(declared)) if (!known.has(keyOf(use))) known.set(keyOf(use), use)
  }
  const named = exported.map(({ name, found }) => `// ${name}\n${found?.text ?? '(a package)'}`)
  const others = [...known.values()].slice(direct).map(({ text }) => text)
  return `${[...named.sort(), '// not exported by name', ...others.sort()].join('\n\n')}\n`

  function read(file: string): Declarations {
    const declarations = files.get(file) ?? readDeclarations(file)
    files.set(file, declarations)
    return declarations
  }

  function exportsOf(file: string): [name: string, file: string, local: string][] {
    const { exports, stars } = read(file)
    const own = [...exports].map(([name, local]): [string, string, string] => [name, file, local])
    const others = stars.flatMap((star) => exportsOf(resolve(file, star)))
    return [...own, ...others.filter(([name]) => name !== 'default' && !exports.has(name))]
  }

  /** Where a name is declared; nothing for names of packages and of the language. */
  function follow(file: string, local: string): Declared | undefined {
    const binding = read(file).bindings.get(local)
    if (binding?.kind === 'declared') return { file, name: local, text: binding.text }
    if (!binding?.from.startsWith('.')) return undefined
    const target = resolve(file, binding.from)
    const found = exportsOf(target).find(([name]) => name === binding.name)
    if (!found) throw new Error(`${target} does not export ${binding.name}, which ${file} takes`)
    return follow(found[1], found[2])
  }

  function usesOf({ file, name }: Declared): Declared[] {
    const binding = read(file).bindings.get(name)
    const uses = binding?.kind === 'declared' ? binding.uses : []
    return uses.map((use) => follow(file, use)).filter((found) => found !== undefined)
  }
}

function keyOf({ file, name }: Declared): string {
  return `${file}\0${name}`
}

function resolve(file: string, source: string): string {
  return path.resolve(path.dirname(file), source.replace(/\.(?:js|ts)$/, '.d.ts'))
}
