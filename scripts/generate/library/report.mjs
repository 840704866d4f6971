import { declareRecord } from './record.mjs'

/** Figures by the values of a choice, as numbers and as text. */
export function report(random, entity, name) {
  const numbers = random.sample(entity.numbers, random.integer(2, 3))
  const choice = random.pick(entity.choices)
  const date = random.pick(entity.dates)
  const window = random.integer(3, 9)
  const main = numbers[0]

  return [
    ...declareRecord(`${name}Row`, [...numbers, choice, date]),
    '',
    `export interface ${name}Line {`,
    `  ${choice.name}: string`,
    '  count: number',
    ...numbers.map((field) => `  ${field.name}: number`),
    '}',
    '',
    `export function summarise${name}(rows: Iterable<${name}Row>): ${name}Line[] {`,
    `  const lines = new Map<string, ${name}Line>()`,
    '  for (const row of rows) {',
    `    const line = lines.get(row.${choice.name}) ?? {`,
    `      ${choice.name}: row.${choice.name},`,
    '      count: 0,',
    ...numbers.map((field) => `      ${field.name}: 0,`),
    '    }',
    '    line.count += 1',
    ...numbers.map((field) => `    line.${field.name} += row.${field.name}`),
    `    lines.set(row.${choice.name}, line)`,
    '  }',
    `  return [...lines.values()].sort(chain(by((line) => line.count, true), by((line) => line.${choice.name})))`,
    '}',
    '',
    `/** ${main.label}, smoothed over ${window} records in the order of ${date.label.toLowerCase()}. */`,
    `export function* smooth${name}(rows: readonly ${name}Row[]): Generator<number> {`,
    `  const sorted = [...rows].sort(by((row) => row.${date.name}))`,
    `  for (const part of windows(sorted, ${window})) {`,
    `    const sum = part.reduce((total, row) => total + row.${main.name}, 0)`,
    '    yield sum / part.length',
    '  }',
    '}',
    '',
    'const columnWidth = memoize((heading: string) => Math.max(heading.length, 8) + 2)',
    '',
    `export function print${name}(rows: Iterable<${name}Row>): string {`,
    `  const headings = ['${choice.name}', 'count', ${numbers.map((field) => `'${field.name}'`).join(', ')}] as const`,
    "  const head = headings.map((heading) => heading.padEnd(columnWidth(heading))).join('')",
    `  const body = summarise${name}(rows).map((line) =>`,
    '    headings',
    '      .map((heading) => {',
    '        const value = line[heading]',
    "        const text = typeof value === 'number' ? value.toFixed(2) : value",
    '        return text.padEnd(columnWidth(heading))',
    '      })',
    "      .join(''),",
    '  )',
    "  return [head, '-'.repeat(head.length), ...body].join('\\n')",
    '}',
  ]
}
