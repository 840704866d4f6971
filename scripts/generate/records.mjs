import { people, things } from './words.mjs'

const typeNames = {
  text: 'string',
  money: 'number',
  number: 'number',
  date: 'string',
  flag: 'boolean',
}

const typeOf = (entity, field) =>
  field.type === 'choice' ? entity.choiceType(field) : typeNames[field.type]

/** The interfaces of one record type and of the panels that show it. */
export function declareTypes(entity) {
  return [
    ...entity.choices.map(
      (field) =>
        `export type ${entity.choiceType(field)} = ${field.values.map((value) => `'${value}'`).join(' | ')}`,
    ),
    '',
    `export interface ${entity.type} extends Entity {`,
    ...entity.fields.map((field) => `  ${field.name}: ${typeOf(entity, field)}`),
    '}',
    '',
    `export type ${entity.type}Draft = Omit<${entity.type}, keyof Entity>`,
    '',
    `export interface ${entity.type}PanelProps extends PanelProps {`,
    `  rows: readonly ${entity.type}[]`,
    '  limit?: number',
    '}',
    '',
  ]
}

/** Made-up records as a module-level constant. */
export function declareRows(random, entity, count) {
  const lines = [`export const ${entity.name}Rows: ${entity.type}[] = [`]
  for (let index = 1; index <= count; index++) {
    lines.push(
      '  {',
      `    id: '${entity.name.slice(0, 3)}-${1000 + index * 7}',`,
      `    createdAt: '${day(random)}T${hour(random)}:00Z',`,
      ...entity.fields.map((field) => `    ${field.name}: ${value(random, field)},`),
      '  },',
    )
  }
  return [...lines, ']', '']
}

/** A literal that such a field could hold. */
export function value(random, field) {
  switch (field.type) {
    case 'text':
      return `'${random.chance(0.5) ? random.pick(people) : `${random.pick(things)} ${random.integer(2, 90)}`}'`
    case 'money':
      return (random.integer(100, 90_000) / 100).toString()
    case 'number':
      return random.integer(0, 400).toString()
    case 'date':
      return `'${day(random)}'`
    case 'flag':
      return String(random.chance(0.4))
    default:
      return `'${random.pick(field.values)}'`
  }
}

/** What a field of an empty draft holds. */
export function blank(field) {
  if (field.type === 'choice') return `'${field.values[0]}'`
  return { money: '0', number: '0', flag: 'false' }[field.type] ?? "''"
}

const two = (number) => String(number).padStart(2, '0')
const day = (random) => `2025-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
const hour = (random) => `${two(random.integer(6, 21))}:${two(random.integer(0, 59))}`

export const rowsName = (entity) => `${entity.name}Rows`
