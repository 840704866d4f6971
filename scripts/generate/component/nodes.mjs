import { wrap } from '../prose.mjs'

// Markup that no framework has touched yet. In expressions, `@name` reads a
// state or a derived value. Attributes: `:name` takes an expression, `.name` is
// a class that is there while its expression holds, `@click` a statement,
// `model` the state (or `draft.field`) that an input edits.

export const h = (tag, attributes = {}, ...children) => ({ tag, attributes, children })

/** A component; `slots` maps names to lists of nodes. */
export const use = (tag, attributes, children, slots = {}) => ({ tag, attributes, children, slots })

export const each = (list, item, key, node, index) => ({ list, item, key, node, index })

export const when = (condition, node, otherwise) => ({ condition, node, otherwise })

/** An icon, for the frameworks that have them. */
export const icon = (name) => ({ icon: name })

const columns = 100

/** The lines of a node, indented by `depth` steps. */
export function print(node, dialect, depth, directives = []) {
  const pad = '  '.repeat(depth)
  if (typeof node === 'string') return wrapText(dialect.text(node), pad)
  if (node.icon) return dialect.icon ? [`${pad}${dialect.icon(node.icon)}`] : []
  if (node.list) return dialect.each(node, depth)
  if (node.condition) return dialect.when(node, depth)
  return printElement(node, dialect, depth, directives)
}

export const printAll = (nodes, dialect, depth) =>
  nodes.flatMap((node) => print(node, dialect, depth))

function printElement(node, dialect, depth, directives) {
  const pad = '  '.repeat(depth)
  const attributes = [...directives, ...dialect.attributes(node, depth)]
  const children = [...node.children, ...(dialect.slots?.(node, depth) ?? [])]

  if (children.length === 0) {
    const bare = isVoid(node.tag) || isComponent(node.tag)
    return open(node.tag, attributes, pad, bare ? ' />' : `></${node.tag}>`)
  }
  if (children.length === 1 && typeof children[0] === 'string') {
    const text = dialect.text(children[0])
    const lines = open(node.tag, attributes, pad, `>${text}</${node.tag}>`)
    if (lines.length === 1) return lines
  }
  return [
    ...open(node.tag, attributes, pad, '>'),
    ...children.flatMap((child) => (child.lines ? child.lines : print(child, dialect, depth + 1))),
    `${pad}</${node.tag}>`,
  ]
}

/** One line when it fits, else one line for each attribute. */
function open(tag, attributes, pad, end) {
  const line = `${pad}<${[tag, ...attributes].join(' ')}${end}`
  if (line.length <= columns && !line.includes('\n')) return [line]
  return [
    `${pad}<${tag}`,
    ...attributes.flatMap((attribute) => attribute.split('\n').map((part) => `${pad}  ${part}`)),
    `${pad}${end.trimStart()}`,
  ]
}

function wrapText(text, pad) {
  if (pad.length + text.length <= columns || /[{}]/.test(text)) return [`${pad}${text}`]
  return wrap(text, columns - pad.length).map((line) => `${pad}${line}`)
}

const isVoid = (tag) => ['input', 'br', 'hr', 'img'].includes(tag)
const isComponent = (tag) => /^[A-Z]/.test(tag)

/** Expressions in markup read every name directly. */
export const plain = (code) => code.replace(/@([A-Za-z])/g, '$1')

/** `set name: value` and `emit name: value` as `[verb, name, value]`; other statements as `undefined`. */
export function parseStatement(statement) {
  const found = /^(set|emit) (\w+): (.*)$/s.exec(statement)
  return found ? found.slice(1) : undefined
}
