import type { Digest, Hasher } from '../key/index.ts'
import type { HookName } from '../policies/index.ts'
import type { HookCall } from './request.ts'
import type { Subject } from './subject.ts'

// A plugin with state per file answers for the parts of a file (`Foo.vue?vue&type=style`)
// from what it was given for the file itself. Where another plugin came before, that is
// not what the file holds: a Markdown page turned into a component holds what it includes.

/** Notes the code that a plugin is given for a file. */
export function noteGiven(subject: Subject, file: string, { hook, id, code }: HookCall): void {
  if (subject.policy.state === 'none' || hook !== 'transform' || id !== file) return
  subject.memory.given.set(file, { code: code ?? '' })
}

/** Names the code that a plugin was given for the file that a call speaks of a part of. */
export function givenFor(
  hasher: Hasher,
  subject: Subject,
  file: string,
  { id }: HookCall,
): Digest | undefined {
  const given = id === file ? undefined : subject.memory.given.get(file)
  if (given === undefined) return undefined
  // most files have no parts: for them it is never taken
  if ('code' in given) {
    const digest = hasher.digestText(given.code)
    subject.memory.given.set(file, { digest })
    return digest
  }
  return given.digest
}

/**
 * True for a call that knows the file behind its id by the code it was given, now or for the file
 * itself: that is in its key, and the file is an input only if it is looked at.
 */
export function goesByCode(
  { policy, memory }: Subject,
  file: string,
  hook: HookName,
  id: string,
): boolean {
  if (policy.goesByCode?.(id) !== true) return false
  const isGivenCode = hook === 'transform' && (policy.state === 'none' || id === file)
  return isGivenCode || memory.given.has(file)
}
