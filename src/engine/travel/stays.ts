import { looksSecret, type Digest } from '../../key/index.ts'
import type { Row } from '../../store/index.ts'
import { rowName, rowVariant } from '../../store/index.ts'
import type { Entry } from '../entry.ts'
import type { State } from '../state.ts'
import type { Input } from '../types.ts'

/** Names an entry among those of all machines: the first digits of its key and of its variant, 32 in all. */
export type ClaimId = string & { readonly [brand]: 'ClaimId' }

declare const brand: unique symbol

export function claimIdOf(key: Digest, variant: string): ClaimId {
  return (key.slice(0, 20) + variant.slice(0, 12)) as ClaimId
}

export function claimIdOfRow({ pack, index }: Row): ClaimId {
  return claimIdOf(rowName(pack.rows, index), rowVariant(pack.rows, index))
}

/** Why an entry stays on its machine; undefined for one that may go. */
export type Stays = 'bound' | 'secret' | undefined

/**
 * What depends on the checkout's own place is of no use elsewhere. What saw a variable that is named
 * like a secret, or all of them, may tell of it: its digest can be guessed at by who reads it.
 */
export function createStays({ sets }: Pick<State, 'sets'>): (entry: Entry) => Stays {
  const known = new Map<Digest, Stays>()

  function ofSet(set: Digest): Stays {
    const walked: Digest[] = []
    let answer: Stays
    for (let name: Digest | undefined = set; name !== undefined; name = sets.parent(name)) {
      if (known.has(name)) {
        answer = known.get(name)
        break
      }
      walked.push(name)
    }
    for (const name of walked.reverse()) {
      answer ??= firstReason(sets.inputs(name))
      known.set(name, answer)
    }
    return answer
  }

  return ({ inputs, sets: names }) => {
    let reason = firstReason(inputs)
    for (const set of names) reason ??= ofSet(set)
    return reason
  }
}

function firstReason(inputs: readonly Input[]): Stays {
  for (const { kind, name } of inputs) {
    if (kind === 'root') return 'bound'
    if (kind === 'env' && (name === '*' || looksSecret(name))) return 'secret'
  }
  return undefined
}
