import { parseStatement, plain, print, printAll } from '../component/nodes.mjs'
import { indent } from '../component/script.mjs'
import { capital } from '../words.mjs'

const names = {
  class: 'className',
  colspan: 'colSpan',
  datetime: 'dateTime',
  'font-size': 'fontSize',
}
const events = { '@pointerenter': 'onPointerEnter' }

export const iconName = (name) => `${capital(name)}Icon`

/** How JSX writes attributes, loops and conditions. `modules`: class names come from a CSS module. */
export function createDialect(modules) {
  const dialect = {
    text: (text) => plain(text).replace(/\{\{ (.*?) \}\}/g, '{$1}'),

    icon: (name) => `<${iconName(name)} />`,

    attributes({ attributes, slots = {} }) {
      return [
        ...className(attributes, modules),
        ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),
        ...Object.entries(slots).map(([name, nodes]) => slot(name, nodes, dialect)),
      ]
    },

    each({ list, item, key, node, index }, depth) {
      const pad = '  '.repeat(depth)
      const parameters = index ? `${item}, ${index}` : item
      return [
        `${pad}{${plain(list)}.map((${parameters}) => (`,
        ...print(node, dialect, depth + 1, [`key={${plain(key)}}`]),
        `${pad}))}`,
      ]
    },

    when({ condition, node, otherwise }, depth) {
      const pad = '  '.repeat(depth)
      const body = print(node, dialect, depth + 1)
      if (!otherwise) return [`${pad}{${plain(condition)} && (`, ...body, `${pad})}`]
      return [
        `${pad}{${plain(condition)} ? (`,
        ...body,
        `${pad}) : (`,
        ...print(otherwise, dialect, depth + 1),
        `${pad})}`,
      ]
    },
  }
  return dialect
}

function slot(name, nodes, dialect) {
  const inner =
    nodes.length === 1
      ? printAll(nodes, dialect, 1)
      : ['  <>', ...indent(printAll(nodes, dialect, 1)), '  </>']
  return [`${name}={`, ...inner, '}'].join('\n')
}

function className(attributes, modules) {
  const named = (name) => (modules ? `styles.${name}` : `'${name}'`)
  const base = attributes.class
  const toggled = Object.entries(attributes).find(([name]) => name.startsWith('.'))
  if (!toggled) {
    if (!base) return []
    return [modules ? `className={${named(base)}}` : `className="${base}"`]
  }
  const [name, condition] = [toggled[0].slice(1), plain(toggled[1])]
  if (!base) return [`className={${condition} ? ${named(name)} : undefined}`]
  const both = modules ? `\`\${styles.${base}} \${styles.${name}}\`` : `'${base} ${name}'`
  return [`className={${condition} ? ${both} : ${named(base)}}`]
}

function attribute(name, value) {
  if (name === 'class' || name.startsWith('.')) return []
  if (name === 'model') return model(value)
  if (name === '@submit') {
    return [`onSubmit={(event) => {\n  event.preventDefault()\n  ${value}()\n}}`]
  }
  if (name.startsWith('@'))
    return [`${events[name] ?? `on${capital(name.slice(1))}`}={${handler(value)}}`]
  if (!name.startsWith(':')) return [`${names[name] ?? name}="${value}"`]
  const target = name.slice(1)
  return [`${names[target] ?? target}={${plain(value)}}`]
}

export const setter = (name) => `set${capital(name)}`

function handler(text) {
  const [, state, next] = parseStatement(text) ?? []
  if (state) return `() => ${setter(state)}(${plain(next)})`
  return text.endsWith(')') ? `() => ${plain(text)}` : text
}

function model({ name, field, kind, type }) {
  const read = field ? `${name}.${field}` : name
  const source = kind === 'flag' ? 'event.target.checked' : 'event.target.value'
  const value = kind === 'number' ? `Number(${source})` : type ? `${source} as ${type}` : source
  const next = field ? `{ ...${name}, ${field}: ${value} }` : value
  return [
    `${kind === 'flag' ? 'checked' : 'value'}={${read}}`,
    `onChange={(event) => ${setter(name)}(${next})}`,
  ]
}
