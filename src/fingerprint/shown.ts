/** More of a value tells no more. */
const SHORT = 60

/** A value of a tree in a few characters, e.g. `"condense"`, `/\.vue$/`, `function 3f2a…`, `secret 3f2a…`, `[".vue", ".md"]`, `(none)`. */
export function shown(value: unknown, length: number = SHORT): string {
  const text = textOf(value)
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function textOf(value: unknown): string {
  if (value === undefined) return '(none)'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`
  const entries = Object.entries(value)
  const [label, held] = entries[0] ?? []
  if (label === '$regexp' || label === '$url') return String(held)
  if (label === '$secret') return `secret ${String(held)}`
  if (label === '$function') return `function ${String(held).slice(0, 6)}`
  if (label === '$text') return `text ${String(held).slice(0, 6)}`
  if (label?.startsWith('$') && entries.length === 1) return `${label.slice(1)} ${textOf(held)}`
  return `{ ${entries.map(([name, each]) => `${name}: ${textOf(each)}`).join(', ')} }`
}
