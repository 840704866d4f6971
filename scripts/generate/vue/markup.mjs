import { parseStatement, plain, print, printAll } from '../component/nodes.mjs'

/** How Vue templates write attributes, loops, conditions and slots. */
export const dialect = {
  text: plain,

  attributes({ attributes }) {
    const toggled = Object.entries(attributes)
      .filter(([name]) => name.startsWith('.'))
      .map(([name, value]) => `${name.slice(1)}: ${plain(value)}`)
    return [
      ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),
      ...(toggled.length > 0 ? [`:class="{ ${toggled.join(', ')} }"`] : []),
    ]
  },

  each({ list, item, key, node, index }, depth) {
    const variables = index ? `(${item}, ${index})` : item
    const directives = [`v-for="${variables} in ${plain(list)}"`, `:key="${plain(key)}"`]
    return print(node, dialect, depth, directives)
  },

  when({ condition, node, otherwise }, depth) {
    return [
      ...print(node, dialect, depth, [`v-if="${plain(condition)}"`]),
      ...(otherwise ? print(otherwise, dialect, depth, ['v-else']) : []),
    ]
  },

  slots({ slots = {} }, depth) {
    const pad = '  '.repeat(depth + 1)
    return Object.entries(slots).map(([name, nodes]) => ({
      lines: [
        `${pad}<template #${name}>`,
        ...printAll(nodes, dialect, depth + 2),
        `${pad}</template>`,
      ],
    }))
  },
}

function attribute(name, value) {
  if (name.startsWith('.')) return []
  if (name === 'model') {
    const target = value.field ? `${value.name}.${value.field}` : value.name
    return [`v-model${value.kind === 'number' ? '.number' : ''}="${target}"`]
  }
  if (name === '@submit') return [`@submit.prevent="${value}"`]
  if (name.startsWith('@')) {
    const [, state, next] = parseStatement(value) ?? []
    return [`${name}="${state ? `${state} = ${plain(next)}` : plain(value)}"`]
  }
  return [`${name}="${name.startsWith(':') ? plain(value) : value}"`]
}
