import { badRequest, describeType } from '../key/index.ts'
import type { RememberRequest } from './types.ts'

/**
 * Refuses a request whose names are no texts; parts and extra are looked at where the key is made.
 *
 * @throws RememberError `BAD_REQUEST`
 */
export function checkRequest({ namespace, label, tags }: RememberRequest): void {
  if (typeof namespace !== 'string') {
    throw badRequest('namespace', 'a string', describeType(namespace))
  }
  if (label !== undefined && typeof label !== 'string') {
    throw badRequest('label', 'a string', describeType(label))
  }
  if (tags === undefined) return
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) {
    throw badRequest('tags', 'an array of strings', describeType(tags))
  }
}
