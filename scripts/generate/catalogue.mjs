import { describe } from './component/describe.mjs'
import { randomFrom } from './random.mjs'
import { declareRows, declareTypes, rowsName } from './records.mjs'
import { entities } from './words.mjs'

const groupSize = 25

/**
 * The catalogue of an app with components: groups of components about two
 * record types, each group with its types and sample rows; every third group is
 * loaded when it is asked for. Returns texts by path below `src/catalogue`.
 */
export function catalogue(app, size, framework) {
  const files = {}
  const groups = []
  const taken = new Set()
  for (let start = 0; start < size; start += groupSize) {
    const group = groupOf(app, groups.length)
    const count = Math.min(groupSize, size - start)
    const components = fill(app, framework, group, start, count, taken, files)
    groups.push(group)
    addGroupFiles(app, framework, group, components, files)
  }
  files['index.ts'] = printIndex(groups)
  return files
}

function groupOf(app, index) {
  const first = entities[(index * 2) % entities.length]
  const second = entities[(index * 2 + 1) % entities.length]
  const name = `${first.name}-${String(index).padStart(3, '0')}`
  return { index, name, entities: [first, second], lazy: index % 3 === 2 }
}

function fill(app, framework, group, start, count, taken, files) {
  const components = []
  for (let index = start; index < start + count; index++) {
    const random = randomFrom(app, 'component', index)
    const entity = random.pick(group.entities)
    const siblings = components.filter((other) => other.entity === entity)
    const description = describe(random, { entity, siblings, taken, Badge: framework.Badge })
    components.push(description)
    for (const [name, text] of Object.entries(framework.render(random, description))) {
      files[`${group.name}/${name}`] = text
    }
  }
  return components
}

function addGroupFiles(app, framework, group, components, files) {
  const random = randomFrom(app, 'group', group.index)
  const add = (name, lines) => {
    files[`${group.name}/${name}`] = lines.join('\n')
  }
  add('types.ts', [
    `import type { Entity, PanelProps } from '${framework.baseTypes}'`,
    '',
    ...group.entities.flatMap(declareTypes),
  ])
  add('data.ts', [
    `import type { ${group.entities.map(({ type }) => type).sort().join(', ')} } from './types'`,
    '',
    ...group.entities.flatMap((entity) => declareRows(random, entity, random.integer(5, 9))),
  ])
  add('index.ts', [
    "import type { Group } from '../types'",
    ...components.map(({ name }) => framework.importLine(name)),
    `import { ${group.entities.map(rowsName).sort().join(', ')} } from './data'`,
    '',
    'export const group: Group = {',
    `  name: '${group.name}',`,
    '  entries: [',
    ...components.map(
      ({ name, entity }) => `    { name: '${name}', component: ${name}, rows: ${rowsName(entity)} },`,
    ),
    '  ],',
    '}',
    '',
  ])
  for (const [name, text] of Object.entries(framework.extras?.(random, group) ?? {})) {
    files[`${group.name}/${name}`] = text
  }
}

function printIndex(groups) {
  const variable = (group) => `group${String(group.index).padStart(3, '0')}`
  const early = groups.filter((group) => !group.lazy)
  const lazy = groups.filter((group) => group.lazy)
  return [
    ...early.map((group) => `import { group as ${variable(group)} } from './${group.name}'`),
    "import type { Group } from './types'",
    '',
    "export type { Group } from './types'",
    '',
    `export const groups: readonly Group[] = [${early.map(variable).join(', ')}]`,
    '',
    'export const lazyGroups: Readonly<Record<string, () => Promise<Group>>> = {',
    ...lazy.map(
      ({ name }) => `  '${name}': () => import('./${name}').then((module) => module.group),`,
    ),
    '}',
    '',
  ].join('\n')
}
