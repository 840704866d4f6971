import { kinds } from './library/kinds.mjs'
import { randomFrom } from './random.mjs'
import { entities, kebab, qualifiers } from './words.mjs'

const packages = 'cache collections colors dates events numbers tasks text urls validate'.split(' ')

/**
 * Modules for the library: every second one goes to the shared folder, the
 * others to the packages in turn. All may use shared modules written before
 * them. Returns texts by path inside the app.
 */
export function library(size) {
  const files = {}
  const taken = new Set()
  const shared = []
  const owned = new Map(packages.map((name) => [name, []]))

  for (let index = 0; index < size; index++) {
    const random = randomFrom('library', 'module', index)
    const isShared = index % 2 === 0
    const target = isShared ? undefined : packages[((index - 1) / 2) % packages.length]
    const uses = random.sample(shared, isShared ? random.integer(0, 3) : random.integer(3, 8))
    const module = write(random, uses, isShared ? '.' : '../../../shared/catalogue', taken)
    const folder = isShared ? 'src/shared/catalogue' : `src/packages/${target}/catalogue`
    files[`${folder}/${module.file}.ts`] = module.text
    ;(isShared ? shared : owned.get(target)).push(module)
  }

  for (const [name, modules] of owned) {
    const lines = modules.map(({ file }) => `export * from './${file}'`)
    files[`src/packages/${name}/catalogue/index.ts`] = `${lines.join('\n') || 'export {}'}\n`
  }
  return files
}

function write(random, uses, folder, taken) {
  const kind = random.pick(kinds)
  const entity = random.pick(entities)
  const name = nameFor(random, entity, kind, taken)
  // Both catalogue folders are as far from the shared modules they import.
  const base = folder === '.' ? '..' : '../../../shared'
  const code = kind.write(random, entity, name)
  const text = [
    ...imports(code, base),
    ...uses.map((module) => `import { describe${module.name} } from '${folder}/${module.file}'`),
    '',
    ...code,
    '',
    ...describeFunction(entity, name, uses),
    '',
  ].join('\n')
  return { name, file: kebab(name), text }
}

function nameFor(random, entity, kind, taken) {
  const free = qualifiers.map((qualifier) => `${qualifier}${entity.type}${kind.name}`)
  const name =
    random.shuffle(free).find((candidate) => !taken.has(candidate)) ??
    `${entity.type}${kind.name}${taken.size}`
  taken.add(name)
  return name
}

const available = [
  { names: ['by', 'chain', 'compare'], from: 'compare' },
  { names: ['ToolbeltError', 'invariant'], from: 'errors' },
  { names: ['mapAsync', 'take', 'windows'], from: 'iterate' },
  { names: ['memoize'], from: 'memoize' },
  { names: ['systemClock'], from: 'clock' },
]

function imports(code, base) {
  const text = code.join('\n')
  const mentions = (name) => new RegExp(`\\b${name}\\b`).test(text)
  const types = ['Clock', 'Dispose', 'Entity', 'Issue', 'Listener', 'Result'].filter(
    (name) => name === 'Entity' || mentions(name),
  )
  return [
    ...available.flatMap(({ names, from }) => {
      const used = names.filter(mentions)
      return used.length > 0 ? [`import { ${used.join(', ')} } from '${base}/${from}'`] : []
    }),
    `import type { ${types.join(', ')} } from '${base}/types'`,
  ]
}

function describeFunction(entity, name, uses) {
  const related = uses.map((module) => `describe${module.name}`)
  const list =
    related.length > 2
      ? ['const related = [', ...related.map((one) => `  ${one},`), ']']
      : [`const related: ((row: Entity) => string)[] = [${related.join(', ')}]`]
  return [
    ...list,
    '',
    '/** One line for the log, and one from each module this one builds on. */',
    `export function describe${name}(row: Entity): string {`,
    `  const own = \`${entity.name} \${row.id} since \${row.createdAt.slice(0, 10)}\``,
    "  return [own, ...related.map((describe) => describe(row))].join('; ')",
    '}',
  ]
}
