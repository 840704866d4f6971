import { hint, hints, paragraph, sentence, wrap } from '../prose.mjs'
import { blank, value } from '../records.mjs'
import { capital, label } from '../words.mjs'

const lines = (text) => wrap(text, 100)
const since = (random) => `${random.integer(1, 3)}.${random.integer(0, 9)}`

/** Pieces of an article: each returns blocks, a block is its lines. */
export const parts = [
  background,
  fields,
  example,
  steps,
  callout,
  settings,
  checklist,
  comparison,
  command,
  limits,
  footnote,
]

function background(random, entity) {
  return [
    ['## Background'],
    lines(paragraph(random, entity, 4)),
    lines(`*${sentence(random, entity)}* ${hint(random, entity)}`),
  ]
}

function fields(random, entity) {
  const meanings = hints(random, entity, entity.fields.length)
  const rows = entity.fields.map(
    ({ name, type }, index) =>
      `| \`${name}\` | ${type} | ${random.chance(0.5) ? 'yes' : 'no'} | ${meanings[index]} |`,
  )
  return [
    [`## Fields of a ${entity.name}`],
    ['| Field | Type | Required | Meaning |', '| --- | :-: | :-: | --- |', ...rows],
  ]
}

function example(random, entity, title) {
  const filter = random.pick(entity.choices)
  const number = random.pick(entity.numbers)
  return [
    [`## Example`],
    lines(paragraph(random, entity, 2)),
    [`<Example title="${title}"${random.chance(0.3) ? ' open={false}' : ''}>`],
    [
      '```js',
      "import { openQueue } from 'kettle'",
      '',
      `const queue = await openQueue('${entity.name}.kettle')`,
      '',
      `queue.handle('${entity.name}', async ({ id, ${number.name} }) => {`,
      `  const found = await load(id, { ${filter.name}: ${value(random, filter)} })`,
      `  if (found.${number.name} > ${number.name}) return 'skipped'`,
      `  await save({ ...found, ${number.name}: ${value(random, number)} })`,
      '})',
      '',
      `await queue.add('${entity.name}', { id: ${random.integer(10, 999)}, ${number.name}: ${value(random, number)} })`,
      '```',
    ],
    ['</Example>'],
  ]
}

function steps(random, entity) {
  return [
    ['### Step by step'],
    hints(random, entity, random.integer(3, 6)).flatMap((text, index) => [
      `${index + 1}. ${text}`,
      ...(random.chance(0.4) ? [`   - ${sentence(random, entity)}`] : []),
    ]),
  ]
}

function callout(random, entity) {
  const kind = random.pick(['NOTE', 'TIP', 'WARNING'])
  return [[`> [!${kind}]`, ...lines(paragraph(random, entity, 2)).map((line) => `> ${line}`)]]
}

function settings(random, entity) {
  const draft = entity.fields.map(
    (field) => `  "${field.name}": ${blank(field).replaceAll("'", '"')}`,
  )
  return [
    [`## Defaults <Since version="${since(random)}" />`],
    lines(hint(random, entity)),
    ['```json', '{', draft.join(',\n'), '}', '```'],
  ]
}

function checklist(random, entity) {
  return [
    ['### Before you start'],
    hints(random, entity, random.integer(3, 5)).map(
      (text) => `- [${random.chance(0.5) ? 'x' : ' '}] ${text}`,
    ),
  ]
}

function comparison(random, entity) {
  const [first, second] = random.shuffle(entity.fields)
  const row = (name) => `| ${name} | ${random.integer(1, 90)} ms | ${random.integer(1, 90)} ms |`
  return [
    [`### ${first.label} or ${second.label.toLowerCase()}?`],
    lines(
      `Sorting by **${label(first.name).toLowerCase()}** is ~~slower~~ *about as fast*. ${sentence(random, entity)}`,
    ),
    [
      `| Records | ${first.label} | ${second.label} |`,
      '| --: | --: | --: |',
      ...['100', '1,000', '10,000'].map(row),
    ],
  ]
}

function command(random, entity) {
  const field = random.pick(entity.fields)
  return [
    ['## From the command line'],
    [
      '```sh',
      `kettle list ${entity.name}.kettle --sort ${field.name} --limit ${random.integer(5, 200)}`,
      `kettle watch ${entity.name}.kettle --every ${random.integer(1, 30)}s`,
      '```',
    ],
    lines(sentence(random, entity)),
  ]
}

function limits(random, entity) {
  const rows = random
    .sample(entity.numbers, 2)
    .map((field) => `  { name: '${field.name}', most: ${random.integer(5, 900)} },`)
  return [
    ['## Limits'],
    ['export const limits = [', ...rows, ']'],
    [
      '<ul>',
      '  {limits.map(({ name, most }) => (',
      '    <li key={name}><code>{name}</code>, at most {most}</li>',
      '  ))}',
      '</ul>',
    ],
    lines(`${capital(entity.name)} records above ${random.integer(2, 64)} MiB are refused.`),
  ]
}

function footnote(random, entity) {
  const name = `${entity.name}-note`
  return [
    lines(`${sentence(random, entity)}[^${name}] See also https://example.com/${entity.name}.`),
    [`[^${name}]: ${hint(random, entity)}`],
  ]
}
