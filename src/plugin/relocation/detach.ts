import { isDeepStrictEqual } from 'node:util'
import type { Outcome } from '../outcome.ts'
import {
  attachRoot,
  closedMap,
  isPlainData,
  openedMap,
  placesOfToken,
  replaced,
  rootToken,
} from './attach.ts'
import type { FindRoot } from './findRoot.ts'

export interface Detaching {
  readonly root: string
  readonly findRoot: FindRoot
  /** True when paths in code and messages are written plainly, so that they may be replaced there. */
  readonly plain: boolean
}

/**
 * Puts a token where an outcome speaks of its root, so that equal outcomes of
 * two checkouts have equal bytes. Gives the outcome itself when it does not
 * speak of it, and `bound` when it does in a way that can't be put right
 * elsewhere.
 */
export function detachRoot(
  outcome: Outcome,
  { root, findRoot, plain }: Detaching,
): Outcome | 'bound' {
  const { effects } = outcome
  const spoken = { ofRoot: false, byChance: false }
  let result: unknown
  try {
    result = openedMap(outcome.result)
  } catch {
    return 'bound'
  }
  if (!isMovable([result, effects], { root, findRoot, plain, spoken }, 0)) return 'bound'
  if (!spoken.ofRoot) return outcome
  // all that reads like the root is replaced
  if (spoken.byChance) return 'bound'
  try {
    const moved = replaced(result, root, rootToken)
    const texts = {
      result: result === outcome.result ? moved : closedMap(moved),
      effects: replaced(effects, root, rootToken) as Outcome['effects'],
    }
    const detached: Outcome = { ...texts, rooted: placesOfToken(texts) }
    const back = attachRoot(detached, root)
    const isExact =
      isDeepStrictEqual(openedMap(back.result), result) && isDeepStrictEqual(back.effects, effects)
    return isExact ? detached : 'bound'
  } catch {
    // a map that can't follow
    return 'bound'
  }
}

interface Looking extends Detaching {
  readonly spoken: { ofRoot: boolean; byChance: boolean }
}

/** What else ends a line, for some tools and not for others. */
const otherLineEnds = /[\u2028\u2029]|\r(?!\n)/

/** Texts of a map's sources are nobody's paths; an emitted file may have a map of its own. */
const fixed = /^(?:sourcesContent|names|source)$/

/** False when what is said of the root can't be replaced. */
function isMovable(value: unknown, looking: Looking, depth: number): boolean {
  if (typeof value === 'string') return isMovableText(value, looking)
  if (typeof value !== 'object' || value === null) return true
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value
    return isFree(Buffer.from(buffer, byteOffset, byteLength).toString(), looking)
  }
  // deeper than anybody nests: it may be a cycle
  if (depth > 32) return false
  const isPlain = Array.isArray(value) || isPlainData(value)
  // a map that Svelte leaves in `meta`, for one; of a Map or an Error the entries are not all
  if (!isPlain && Object.prototype.toString.call(value) !== '[object Object]') return false
  for (const [label, each] of Object.entries(value)) {
    if (label === 'mappings' && typeof each === 'string') continue
    const before = looking.spoken.ofRoot
    looking.spoken.ofRoot = false
    if (!isMovable(each, looking, depth + 1) || !isFree(label, looking)) return false
    if (looking.spoken.ofRoot) {
      if (!isPlain || fixed.test(label)) return false
      if (label === 'code' && otherLineEnds.test(String(each))) return false
    }
    looking.spoken.ofRoot ||= before
  }
  return true
}

function isFree(text: string, { findRoot }: Looking): boolean {
  return findRoot(text).length === 0
}

/** Without `plain`, only a text that is a path and nothing else. */
function isMovableText(text: string, { root, findRoot, plain, spoken }: Looking): boolean {
  const found = findRoot(text)
  if (found === 'bound' || text.includes(rootToken)) return false
  spoken.byChance ||= text.split(root).length - 1 !== found.length
  if (found.length === 0) return true
  spoken.ofRoot = true
  return plain || (found.length === 1 && found[0] === 0 && !/["'`\n]/.test(text))
}
