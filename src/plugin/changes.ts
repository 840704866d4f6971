import type { Cache } from '../engine/index.ts'
import { diffParts, type PartChange } from '../fingerprint/index.ts'
import type { Digest } from '../key/index.ts'
import type { SeenCalls } from './notes.ts'
import { storedParts } from './parts.ts'

/** Names the parts that two lots of calls have otherwise: those of their plugins, their options, the user's `extra`. */
export async function changedParts(
  cache: Cache,
  before: SeenCalls,
  after: SeenCalls,
): Promise<PartChange[]> {
  if (before.fingerprint !== after.fingerprint) {
    return await between(cache, before.fingerprint as Digest, after.fingerprint as Digest)
  }
  if (before.context !== after.context) return await between(cache, before.context, after.context)
  if (before.callee === after.callee || before.callee === undefined) return []
  return await between(cache, before.callee, after.callee)
}

async function between(
  cache: Cache,
  before: Digest | undefined,
  after: Digest | undefined,
): Promise<PartChange[]> {
  const [was, is] = [await partsOf(cache, before), await partsOf(cache, after)]
  const changes = was && is ? diffParts(was, is) : []
  // what was stored of them is gone
  return changes.length > 0 ? changes : [{ path: 'fingerprint', from: '?', to: '?' }]
}

async function partsOf(
  cache: Cache,
  name: Digest | undefined,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  return name === undefined ? {} : await storedParts(cache, name)
}

/** How an input's value changed, where values are words and not digests: a version, `absent`, `unset`. */
export function inputChange(
  kind: string,
  from: string,
  to: string | undefined,
): { readonly from?: string; readonly to?: string } {
  const isTold = [from, to].some((each) => each === 'absent' || each === 'unset')
  if (to === undefined || to === from || (kind !== 'package' && !isTold)) return {}
  return { from: worded(kind, from), to: worded(kind, to) }
}

function worded(kind: string, value: string): string {
  if (kind === 'package' || value === 'absent' || value === 'unset') return value
  return kind === 'env' ? 'set' : 'there'
}
