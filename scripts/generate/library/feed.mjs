import { declareRecord } from './record.mjs'

/** Loads records page by page and reports on the way. */
export function feed(random, entity, name) {
  const number = random.pick(entity.numbers)
  const date = random.pick(entity.dates)
  const fields = [...new Set([number, date, ...random.sample(entity.fields, 3)])]
  const size = random.integer(2, 20) * 10
  const attempts = random.integer(2, 6)

  return [
    ...declareRecord(`${name}Row`, fields),
    '',
    `export interface ${name}Page {`,
    `  rows: ${name}Row[]`,
    '  next?: string | undefined',
    '}',
    '',
    `export interface ${name}Options {`,
    `  load: (cursor: string | undefined, size: number) => Promise<${name}Page>`,
    '  clock?: Clock',
    '  size?: number',
    '}',
    '',
    `export async function* read${name}({`,
    '  load,',
    '  clock = systemClock,',
    `  size = ${size},`,
    `}: ${name}Options): AsyncGenerator<${name}Row, { pages: number; took: number }> {`,
    '  const began = clock.now()',
    '  let cursor: string | undefined',
    '  let pages = 0',
    '  do {',
    '    const page = await withRetries(() => load(cursor, size))',
    '    pages += 1',
    `    yield* page.rows.filter((row) => row.${number.name} ${random.pick(['>', '>=', '!=='])} 0)`,
    '    cursor = page.next',
    '  } while (cursor)',
    '  return { pages, took: clock.now() - began }',
    '}',
    '',
    'async function withRetries<T>(work: () => Promise<T>): Promise<T> {',
    '  let last: unknown',
    `  for (let attempt = 0; attempt < ${attempts}; attempt++) {`,
    '    try {',
    '      return await work()',
    '    } catch (error) {',
    '      last = error',
    '    }',
    '  }',
    `  throw new ToolbeltError('feed_broken', 'Reading ${entity.name} records failed ${attempts} times', { last })`,
    '}',
    '',
    `/** The sum of ${number.label.toLowerCase()}, by month of ${date.label.toLowerCase()}. */`,
    `export async function sum${name}(options: ${name}Options): Promise<Map<string, number>> {`,
    '  const sums = new Map<string, number>()',
    `  const parts = mapAsync(read${name}(options), ({ ${date.name}, ${number.name} }) => ({`,
    `    month: ${date.name}.slice(0, 7),`,
    `    amount: ${number.name} ?? 0,`,
    '  }))',
    '  for await (const { month, amount } of parts) {',
    '    sums.set(month, (sums.get(month) ?? 0) + amount)',
    '  }',
    '  return sums',
    '}',
  ]
}
