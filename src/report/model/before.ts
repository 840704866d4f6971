import fs from 'node:fs'
import type { Hasher } from '../../key/index.ts'
import { fileBehind, type Place } from '../../plugin/index.ts'
import type { CallReport, CodeBefore } from './types.ts'

// What a call was given is not stored: it would double the store. But an entry
// notes its digest, so a text that is at hand is known to be it or not to be it.
// The first plugin is given the file, the next ones what the one before gave.

/** Texts that calls for one module may have been given. */
export interface Candidates {
  before(call: CallReport, digest: string | undefined): CodeBefore
}

/** @param given what the calls gave, as the next plugin got it */
export function candidatesOf(
  hasher: Pick<Hasher, 'digestText'>,
  place: Place,
  id: string,
  calls: readonly CallReport[],
  given: readonly (string | undefined)[],
): Candidates {
  const texts = new Map<string, { readonly code: string; readonly from: string }>()
  const add = (code: string, from: string): void => {
    const digest = hasher.digestText(code)
    if (!texts.has(digest))
      texts.set(digest, { code: code.replaceAll(rootOf(place), '<root>/'), from })
  }
  const file = fileBehind(place.fromPortable(id))
  const content = file === undefined ? undefined : readText(file)
  if (content !== undefined) {
    add(content, 'the file')
    // hosts load it without its byte order mark
    if (content.startsWith('\uFEFF')) add(content.slice(1), 'the file')
  }
  given.forEach((code, at) => {
    const { plugin, hook } = calls[at]!
    if (code !== undefined) add(code, `${hook} of ${plugin}`)
  })

  return {
    before({ hook, key }, digest) {
      if (hook === 'load') return { missing: 'A load is given no code.' }
      if (key === undefined) return { missing: 'Nothing of this call is stored.' }
      const found = digest === undefined ? undefined : texts.get(digest)
      return found ?? { missing: notStored }
    },
  }
}

const notStored =
  'Not stored. It is neither the file as it is now nor what another remembered call gave: the host, or a plugin that is not remembered, made it.'

function rootOf({ workspaceRoot }: Place): string {
  return `${workspaceRoot.replaceAll('\\', '/')}/`
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
