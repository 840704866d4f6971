import { declareRecord } from './record.mjs'

/** A keyed collection that tells its listeners what changed. */
export function store(random, entity, name) {
  const fields = random.sample(entity.fields, random.integer(4, 6))
  const number = random.pick(entity.numbers)
  const choice = random.pick(entity.choices)
  const all = [...new Set([...fields, number, choice])]
  const limit = random.integer(2, 40) * 25

  return [
    ...declareRecord(`${name}Row`, all),
    '',
    `export type ${name}Change =`,
    `  | { type: 'added'; row: ${name}Row }`,
    `  | { type: 'changed'; row: ${name}Row; before: ${name}Row }`,
    `  | { type: 'removed'; id: string }`,
    '',
    `export class ${name} {`,
    `  static readonly limit = ${limit}`,
    `  readonly #rows = new Map<string, ${name}Row>()`,
    `  readonly #listeners = new Set<Listener<${name}Change>>()`,
    '',
    `  constructor(rows: Iterable<${name}Row> = []) {`,
    '    for (const row of rows) this.#rows.set(row.id, row)',
    '  }',
    '',
    `  get ${number.name}Total(): number {`,
    '    let total = 0',
    `    for (const row of this.#rows.values()) total += row.${number.name}`,
    '    return total',
    '  }',
    '',
    `  put(row: ${name}Row): this {`,
    '    const before = this.#rows.get(row.id)',
    `    invariant(before || this.#rows.size < ${name}.limit, 'full', 'There is no room for another ${entity.name}')`,
    '    this.#rows.set(row.id, row)',
    "    this.#tell(before ? { type: 'changed', row, before } : { type: 'added', row })",
    '    return this',
    '  }',
    '',
    `  update(id: string, change: Partial<Omit<${name}Row, 'id'>>): boolean {`,
    '    const row = this.#rows.get(id)',
    '    if (!row) return false',
    '    this.put({ ...row, ...change })',
    '    return true',
    '  }',
    '',
    '  remove(id: string): void {',
    "    if (this.#rows.delete(id)) this.#tell({ type: 'removed', id })",
    '  }',
    '',
    `  *where(${choice.name}: ${name}Row['${choice.name}']): Generator<${name}Row> {`,
    '    for (const row of this.#rows.values()) {',
    `      if (row.${choice.name} === ${choice.name}) yield row`,
    '    }',
    '  }',
    '',
    `  subscribe(listener: Listener<${name}Change>): Dispose {`,
    '    this.#listeners.add(listener)',
    '    return () => void this.#listeners.delete(listener)',
    '  }',
    '',
    `  #tell(change: ${name}Change): void {`,
    '    for (const listener of this.#listeners) listener(change)',
    '  }',
    '}',
  ]
}
