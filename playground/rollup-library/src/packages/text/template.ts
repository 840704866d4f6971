import { memoize } from '../../shared/memoize'

type Values = Readonly<Record<string, unknown>>

const compile = memoize((source: string) => source.split(/\{\{\s*(\w+)\s*\}\}/u))

/** Fills `{{ name }}`; names without a value stay as they are. */
export function template(source: string): (values: Values) => string {
  const parts = compile(source)
  return (values) =>
    parts
      .map((part, index) => (index % 2 === 0 ? part : String(values[part] ?? `{{ ${part} }}`)))
      .join('')
}
