import { describe } from './component/describe.mjs'
import { groupsOf, printIndex } from './groups.mjs'
import { randomFrom } from './random.mjs'
import { declareRows, declareTypes, rowsName } from './records.mjs'
import { entities } from './words.mjs'

/**
 * The catalogue of an app with components: groups of components about two
 * record types, each group with its types and sample rows. Returns texts by
 * path below `src/catalogue`.
 */
export function catalogue(app, size, framework) {
  const files = {}
  const taken = new Set()
  const groups = groupsOf(size).map((group) => withSubject(group))
  for (const group of groups) {
    const components = fill(app, framework, group, taken, files)
    addGroupFiles(app, framework, group, components, files)
  }
  files['index.ts'] = printIndex(groups, { name: 'Group', from: './types', again: true })
  return files
}

function withSubject(group) {
  const first = entities[(group.index * 2) % entities.length]
  const second = entities[(group.index * 2 + 1) % entities.length]
  return { ...group, name: `${first.name}-${group.number}`, entities: [first, second] }
}

function fill(app, framework, group, taken, files) {
  const { Badge, fullness } = framework
  const components = []
  for (const index of group.members) {
    const random = randomFrom(app, 'component', index)
    const entity = random.pick(group.entities)
    const siblings = components.filter((other) => other.entity === entity)
    const description = describe(random, { entity, siblings, taken, Badge, fullness })
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
  const types = group.entities.map(({ type }) => type).sort()
  add('types.ts', [
    `import type { Entity, PanelProps } from '${framework.baseTypes}'`,
    '',
    ...group.entities.flatMap(declareTypes),
  ])
  add('data.ts', [
    `import type { ${types.join(', ')} } from './types'`,
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
      ({ name, entity }) =>
        `    { name: '${name}', component: ${name}, rows: ${rowsName(entity)} },`,
    ),
    '  ],',
    '}',
    '',
  ])
  for (const [name, text] of Object.entries(framework.extras?.(random, group) ?? {})) {
    files[`${group.name}/${name}`] = text
  }
}
