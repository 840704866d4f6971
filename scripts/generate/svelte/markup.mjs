import { parseStatement, plain, print, printAll } from '../component/nodes.mjs'

export const iconName = (name) => `${name[0].toUpperCase()}${name.slice(1)}Icon`

/** How Svelte writes attributes, loops, conditions and snippets. */
export const dialect = {
  text: (text) => plain(text).replace(/\{\{ (.*?) \}\}/g, '{$1}'),

  icon: (name) => `<${iconName(name)} />`,

  attributes: ({ attributes }) =>
    Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),

  each({ list, item, key, node, index }, depth) {
    const pad = '  '.repeat(depth)
    const variables = index ? `${item}, ${index}` : item
    return [
      `${pad}{#each ${plain(list)} as ${variables} (${plain(key)})}`,
      ...print(node, dialect, depth + 1),
      `${pad}{/each}`,
    ]
  },

  when({ condition, node, otherwise }, depth) {
    const pad = '  '.repeat(depth)
    return [
      `${pad}{#if ${plain(condition)}}`,
      ...print(node, dialect, depth + 1),
      ...(otherwise ? [`${pad}{:else}`, ...print(otherwise, dialect, depth + 1)] : []),
      `${pad}{/if}`,
    ]
  },

  slots({ slots = {} }, depth) {
    const pad = '  '.repeat(depth + 1)
    return Object.entries(slots).map(([name, nodes]) => ({
      lines: [
        `${pad}{#snippet ${name}()}`,
        ...printAll(nodes, dialect, depth + 2),
        `${pad}{/snippet}`,
      ],
    }))
  },
}

function attribute(name, value) {
  if (name.startsWith('.')) return [`class:${name.slice(1)}={${plain(value)}}`]
  if (name === 'model') {
    const target = value.field ? `${value.name}.${value.field}` : value.name
    return [`bind:${value.kind === 'flag' ? 'checked' : 'value'}={${target}}`]
  }
  if (name === '@submit') {
    return [`onsubmit={(event) => {\n  event.preventDefault()\n  ${value}()\n}}`]
  }
  if (name.startsWith('@')) return [`on${name.slice(1)}={${handler(value)}}`]
  if (!name.startsWith(':')) return [`${name}="${value}"`]
  const [target, expression] = [name.slice(1), plain(value)]
  return [target === expression ? `{${target}}` : `${target}={${expression}}`]
}

function handler(text) {
  const [, state, next] = parseStatement(text) ?? []
  if (state) return `() => (${state} = ${plain(next)})`
  return text.endsWith(')') ? `() => ${plain(text)}` : text
}
