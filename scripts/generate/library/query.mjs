import { capital } from '../words.mjs'
import { declareRecord } from './record.mjs'

/** A fluent query over rows in memory. */
export function query(random, entity, name) {
  const texts = random.sample(entity.texts, random.integer(1, 2))
  const numbers = random.sample(entity.numbers, random.integer(1, 3))
  const choice = random.pick(entity.choices)
  const flag = random.pick(entity.flags)
  const sortable = [...texts, ...numbers]

  return [
    ...declareRecord(`${name}Row`, [...texts, ...numbers, choice, flag]),
    '',
    `type Test = (row: ${name}Row) => boolean`,
    `type Order = (a: ${name}Row, b: ${name}Row) => number`,
    '',
    `export class ${name} implements Iterable<${name}Row> {`,
    `  readonly #rows: readonly ${name}Row[]`,
    '  readonly #tests: readonly Test[]',
    '  readonly #orders: readonly Order[]',
    '',
    `  constructor(rows: readonly ${name}Row[], tests: readonly Test[] = [], orders: readonly Order[] = []) {`,
    '    this.#rows = rows',
    '    this.#tests = tests',
    '    this.#orders = orders',
    '  }',
    '',
    ...numbers.flatMap((field) => [
      `  with${capital(field.name)}(from: number, to = Number.POSITIVE_INFINITY): ${name} {`,
      `    return this.#and(({ ${field.name} }) => ${field.name} >= from && ${field.name} <= to)`,
      '  }',
      '',
    ]),
    `  matching(text: string): ${name} {`,
    '    const needle = text.normalize().toLowerCase()',
    `    return this.#and((row) => [${texts.map((field) => `row.${field.name}`).join(', ')}].some((one) => one.toLowerCase().includes(needle)))`,
    '  }',
    '',
    `  in(...values: ${name}Row['${choice.name}'][]): ${name} {`,
    `    return this.#and((row) => values.includes(row.${choice.name}))`,
    '  }',
    '',
    `  only${capital(flag.name)}(): ${name} {`,
    `    return this.#and((row) => row.${flag.name})`,
    '  }',
    '',
    `  sortedBy(field: ${sortable.map((one) => `'${one.name}'`).join(' | ')}, descending = ${random.chance(0.5)}): ${name} {`,
    '    const order = by<' + `${name}Row>((row) => row[field], descending)`,
    `    return new ${name}(this.#rows, this.#tests, [...this.#orders, order])`,
    '  }',
    '',
    `  page(number: number, size = ${random.integer(5, 50)}): ${name}Row[] {`,
    '    const rows = [...this]',
    '    return rows.slice((number - 1) * size, number * size)',
    '  }',
    '',
    `  *[Symbol.iterator](): Iterator<${name}Row> {`,
    '    const found = this.#rows.filter((row) => this.#tests.every((test) => test(row)))',
    '    yield* this.#orders.length > 0 ? found.sort(chain(...this.#orders)) : found',
    '  }',
    '',
    `  #and(test: Test): ${name} {`,
    `    return new ${name}(this.#rows, [...this.#tests, test], this.#orders)`,
    '  }',
    '}',
  ]
}
