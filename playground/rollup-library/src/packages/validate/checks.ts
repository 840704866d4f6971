import type { Issue, Result } from '../../shared/types'

export type Check<T> = (value: unknown, path?: string) => Result<T>

const fail = (path: string, message: string): Result<never> => ({
  ok: false,
  issues: [{ path, message }],
})

export const string: Check<string> = (value, path = '') =>
  typeof value === 'string' ? { ok: true, value } : fail(path, 'must be text')

export const number: Check<number> = (value, path = '') =>
  typeof value === 'number' && !Number.isNaN(value)
    ? { ok: true, value }
    : fail(path, 'must be a number')

export function array<T>(item: Check<T>): Check<T[]> {
  return (value, path = '') => {
    if (!Array.isArray(value)) return fail(path, 'must be a list')
    return collect(
      value.map((one, index) => [index, item(one, `${path}[${index}]`)] as const),
      [],
    )
  }
}

export function object<T extends object>(shape: { [Name in keyof T]: Check<T[Name]> }): Check<T> {
  return (value, path = '') => {
    if (typeof value !== 'object' || value === null) return fail(path, 'must be an object')
    const names = Object.keys(shape) as (keyof T & string)[]
    const results = names.map((name) => {
      const inner = path ? `${path}.${name}` : name
      return [name, shape[name]((value as T)[name], inner)] as const
    })
    return collect(results, {} as T)
  }
}

function collect<T>(results: readonly (readonly [PropertyKey, Result<unknown>])[], into: T) {
  const issues: Issue[] = []
  for (const [name, result] of results) {
    if (result.ok) (into as Record<PropertyKey, unknown>)[name] = result.value
    else issues.push(...result.issues)
  }
  return (issues.length > 0 ? { ok: false, issues } : { ok: true, value: into }) as Result<T>
}
