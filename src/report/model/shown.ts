import { listParts } from '../../fingerprint/index.ts'
import type { NamedPart } from './types.ts'

// A report is made to be handed on. Values of environment variables are never stored as they are,
// but options may hold what a variable said, and Vite's config has those that a bundle may see.
const secret = /secret|token|passw|credential|api[-_]?key|private[-_]?key|authori[sz]ation/i
const variables = /(?:^|\.)env(?:\.|\[|$)|process\.env/

export const hidden = '(hidden)'

/** Named parts in short words, without what may be a secret. */
export function shownParts(parts: unknown): NamedPart[] {
  return listParts(parts).map(({ path, value }) => ({ path, value: shownValue(path, value) }))
}

/** A value of a named part, unless its name says that it may be a secret. */
export function shownValue(path: string, value: string): string {
  return secret.test(path) || variables.test(path) ? hidden : value
}
