/**
 * Cuts 0…size-1 into groups of up to 25. Every third group is to be loaded when
 * it is asked for, the others with the app.
 */
export function groupsOf(size) {
  const groups = []
  for (let start = 0; start < size; start += 25) {
    const index = groups.length
    const count = Math.min(25, size - start)
    groups.push({
      index,
      number: String(index).padStart(3, '0'),
      members: Array.from({ length: count }, (_, offset) => start + offset),
      lazy: index % 3 === 2,
    })
  }
  return groups
}

/** The module that collects the groups; `type` is where TypeScript finds theirs. */
export function printIndex(groups, type) {
  const early = groups.filter((group) => !group.lazy)
  const lazy = groups.filter((group) => group.lazy)
  const variable = (group) => `group${group.number}`
  return [
    ...early.map((group) => `import { group as ${variable(group)} } from './${group.name}'`),
    ...(type ? [`import type { ${type.name} } from '${type.from}'`] : []),
    '',
    ...(type?.again ? [`export type { ${type.name} } from '${type.from}'`, ''] : []),
    `export const groups${type ? `: readonly ${type.name}[]` : ''} = [${early.map(variable).join(', ')}]`,
    '',
    `export const lazyGroups${type ? `: Readonly<Record<string, () => Promise<${type.name}>>>` : ''} = {`,
    ...lazy.map(
      ({ name }) => `  '${name}': () => import('./${name}').then((module) => module.group),`,
    ),
    '}',
    '',
  ].join('\n')
}
