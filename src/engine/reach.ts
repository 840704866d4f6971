import type { Digest } from '../key/index.ts'
import type { Entry } from './entry.ts'
import type { State } from './state.ts'

type Reader = Pick<State, 'sets' | 'store'>

/** True for entries all of whose blobs are in the store. Answers for sets are kept: make a new one per look. */
export function createUsable({ sets, store }: Reader): (entry: Entry) => boolean {
  const complete = new Map<Digest, boolean>()

  function isComplete(set: Digest): boolean {
    const walked: Digest[] = []
    let answer = true
    for (let name: Digest | undefined = set; name !== undefined; name = sets.parent(name)) {
      const known = complete.get(name)
      if (known !== undefined) {
        answer = known
        break
      }
      walked.push(name)
      if (store.blob(name) !== undefined && sets.has(name)) continue
      answer = false
      break
    }
    for (const name of walked) complete.set(name, answer)
    return answer
  }

  return ({ outcome, sets: names }) => store.blob(outcome) !== undefined && names.every(isComplete)
}

/** Names of the blobs an entry refers to, its value first, without those in `reached`, to which they are added. */
export function* newlyReached(
  { sets }: Pick<State, 'sets'>,
  entry: ReachedFrom,
  reached: Set<Digest>,
): Iterable<Digest> {
  if (!reached.has(entry.outcome)) {
    reached.add(entry.outcome)
    yield entry.outcome
  }
  for (const set of entry.sets) {
    for (let name: Digest | undefined = set; name !== undefined; name = sets.parent(name)) {
      if (reached.has(name)) break
      reached.add(name)
      yield name
    }
  }
}

export type ReachedFrom = Pick<Entry, 'outcome' | 'sets'>
