import { notNamedParts } from './errors.ts'
import { describeType, isPlainObject } from './plain.ts'
import type { NamedParts } from './types.ts'

/**
 * The one normaliser of labelled data: `undefined` becomes `{}`, a plain object
 * passes as it is, everything else is refused.
 *
 * @param where what the caller calls this value, e.g. `extra`
 * @throws RememberError `NOT_NAMED_PARTS`
 */
export function namedParts(value: unknown, where: string): NamedParts {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notNamedParts(where, describeType(value))
  }
  if (!isPlainObject(value)) throw notNamedParts(where, describeType(value))
  return value as NamedParts
}
