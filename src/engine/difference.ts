import { inspect, isDeepStrictEqual } from 'node:util'

/** The first place where two values are not the same. */
export interface Difference {
  /** E.g. `result.code`, `effects[1]`; empty for the value itself. */
  readonly field: string
  /** Where in a text, from 1 on. */
  readonly line?: number
  readonly column?: number
  /** A short excerpt of what was there; undefined when nothing was. */
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Walks two values as structured clone makes them; undefined when they are the same, the order of fields included. */
export function firstDifference(from: unknown, to: unknown, field = ''): Difference | undefined {
  if (Object.is(from, to)) return undefined
  if (typeof from === 'string' && typeof to === 'string') return textDifference(from, to, field)
  if (Array.isArray(from) && Array.isArray(to)) {
    for (let index = 0; index < Math.max(from.length, to.length); index++) {
      const at = `${field}[${index}]`
      if (index >= from.length) return { field: at, from: undefined, to: excerpt(to[index]) }
      if (index >= to.length) return { field: at, from: excerpt(from[index]), to: undefined }
      const found = firstDifference(from[index], to[index], at)
      if (found) return found
    }
    return undefined
  }
  if (isFields(from) && isFields(to)) return fieldDifference(from, to, field)
  if (isDeepStrictEqual(from, to)) return undefined
  return { field, from: excerpt(from), to: excerpt(to) }
}

/** The difference on one line, e.g. `result.code at line 12 column 3: "a = 1" → "a = 2"`. */
export function describeDifference({ field, line, column, from, to }: Difference): string {
  const place = line === undefined ? field : `${field} at line ${line} column ${column}`.trimStart()
  const change =
    from === undefined ? `${to} new` : to === undefined ? `${from} missing` : `${from} → ${to}`
  return place === '' ? change : `${place}: ${change}`
}

type Fields = Readonly<Record<string, unknown>>

function fieldDifference(from: Fields, to: Fields, field: string): Difference | undefined {
  const labels = Object.keys(from)
  const others = Object.keys(to)
  for (const label of new Set([...labels, ...others])) {
    const at = field === '' ? label : `${field}.${label}`
    if (!Object.hasOwn(from, label)) return { field: at, from: undefined, to: excerpt(to[label]) }
    if (!Object.hasOwn(to, label)) return { field: at, from: excerpt(from[label]), to: undefined }
    const found = firstDifference(from[label], to[label], at)
    if (found) return found
  }
  if (labels.every((label, index) => label === others[index])) return undefined
  return { field, from: `fields ${labels.join(', ')}`, to: `fields ${others.join(', ')}` }
}

function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function textDifference(from: string, to: string, field: string): Difference {
  let at = 0
  while (at < from.length && from[at] === to[at]) at++
  const lineStart = from.lastIndexOf('\n', at - 1) + 1
  return {
    field,
    line: from.slice(0, lineStart).split('\n').length,
    column: at - lineStart + 1,
    from: around(from, at),
    to: around(to, at),
  }
}

function around(text: string, at: number): string {
  const start = Math.max(0, at - 12)
  const end = at + 36
  const part = JSON.stringify(text.slice(start, end))
  return `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''}`
}

function excerpt(value: unknown): string {
  if (typeof value === 'string') return around(value, 0)
  const text = inspect(value, { depth: 2, breakLength: Infinity, maxStringLength: 40 })
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
