import { parseStatement } from './nodes.mjs'

const formatters = [
  'formatMoney',
  'formatNumber',
  'formatPercent',
  'formatDate',
  'monthOf',
  'plural',
  'initials',
]
const collectors = ['sumBy', 'averageBy', 'maxBy', 'groupBy', 'orderBy', 'matches']

/** Does the code mention the name? */
export const mentions = (code, name) => new RegExp(`\\b${name}\\b`).test(code)

/** An import of those names that the code mentions, or nothing. */
export function importOf(code, names, from, keyword = 'import') {
  const used = names.filter((name) => mentions(code, name)).sort()
  if (used.length === 0) return []
  const line = `${keyword} { ${used.join(', ')} } from '${from}'`
  if (line.length <= 96) return [line]
  return [`${keyword} {`, ...used.map((name) => `  ${name},`), `} from '${from}'`]
}

/** Imports from the app's library. */
export const libraryImports = (code) => [
  ...importOf(code, collectors, '../../lib/collections'),
  ...importOf(code, formatters, '../../lib/format'),
]

/** Imports of types: the app's own from `base`, the group's from its `types` module. */
export function typeImports(code, entity, base) {
  const own = [
    entity.type,
    `${entity.type}Draft`,
    `${entity.type}PanelProps`,
    ...entity.choices.map((field) => entity.choiceType(field)),
  ]
  return [
    ...importOf(code, ['Tone'], base, 'import type'),
    ...importOf(code, own, './types', 'import type'),
  ]
}

/** Rewrites `@name` in code with what reads it. */
export const reading = (code, read) => code.replace(/@([A-Za-z]\w*)/g, (_, name) => read(name))

/** One statement in the words of a framework. */
export function statement(text, { read, set, emit }) {
  const [verb, name, value] = parseStatement(text) ?? []
  if (verb === 'set') return set(name, reading(value, read))
  if (verb === 'emit') return emit(name, reading(value, read))
  return reading(text, read)
}

/** `head value tail` in one line when it fits, else with the value indented. */
export function fit(head, value, tail, comma = ',') {
  const line = `${head}${value}${tail}`
  if (line.length <= 98 && !line.includes('\n')) return [line]
  return [head.trimEnd(), ...indent(`${value}${comma}`.split('\n')), tail]
}

export const indent = (lines, steps = 1) =>
  lines.map((line) => (line === '' ? line : `${'  '.repeat(steps)}${line}`))

/** Sections with one empty line between them; empty sections vanish. */
export const sections = (...parts) =>
  parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]))

/** Functions that the component's markup calls. */
export const actions = (description, dialect) =>
  description.actions.flatMap(({ name, parameters = '', body }, index) => [
    ...(index > 0 ? [''] : []),
    `function ${name}(${parameters}) {`,
    ...indent(body.flatMap((text) => statement(text, dialect).split('\n'))),
    '}',
  ])
