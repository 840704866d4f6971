import type { Digest, Hasher } from '../key/index.ts'
import type { Blob, KnownBlobs, Store } from '../store/index.ts'
import { type Codec, isBlob, plain, sortedInputs } from './codec.ts'
import { unpackInputs } from './entry.ts'
import type { Input, InputCheck } from './types.ts'

/** One link of a history: what was observed since `parent`. */
export interface SetNode {
  readonly parent: Digest | undefined
  readonly inputs: readonly Input[]
}

/** Growing sets of inputs, as chains of blobs `[parent or null, [kind, name, value, …]]`. */
export interface InputSets {
  /** Names the set of `parent` and what was added. */
  name(parent: Digest | undefined, added: readonly Input[]): Digest
  /** Null when all of a set holds, else the first input that does not; answers are kept in `check.sets`. */
  failing(set: Digest, check: InputCheck): Input | null
  /** The blobs of a set and its history that `known` does not hold. */
  blobs(set: Digest, known: KnownBlobs): Blob[]
  /** True when the link can be read, whatever its parents. */
  has(set: Digest): boolean
  /** What was observed since the link's parent; none when it can't be read. */
  inputs(set: Digest): readonly Input[]
  /** Undefined for the first link of a history, and for one that can't be read. */
  parent(set: Digest): Digest | undefined
}

/** Stands for a set that can't be read: no check knows the kind, so it never holds. */
export const LOST_SET_KIND = 'remember:lost-set'

/** The link that a blob holds; undefined for a blob that holds none. */
export function readSetNode(codec: Codec, bytes: Buffer | undefined): SetNode | undefined {
  const decoded = bytes && codec.decode(bytes)
  if (decoded === undefined || !Array.isArray(decoded.value)) return undefined
  const [parent, flat] = decoded.value as unknown[]
  const inputs = unpackInputs(flat)
  if (inputs === undefined || (parent !== null && typeof parent !== 'string')) return undefined
  return { parent: (parent ?? undefined) as Digest | undefined, inputs }
}

export function createInputSets(hasher: Hasher, codec: Codec, store: Store | undefined): InputSets {
  const nodes = new Map<Digest, SetNode>()
  /** Names of sets without a parent, by what is in them: many calls in a row observe the same. */
  const named = new Map<string, Digest>()

  function bytesOf({ parent, inputs }: SetNode): Buffer {
    const flat = inputs.flatMap(({ kind, name, value }) => [kind, name, value])
    return plain(codec.encode([parent ?? null, flat]))
  }

  function node(set: Digest): SetNode | undefined {
    const known = nodes.get(set)
    if (known !== undefined) return known
    const bytes = store?.content(set)
    // what is not named by its bytes might name itself as its parent
    if (bytes === undefined || !isBlob(hasher, set, bytes)) return undefined
    const made = readSetNode(codec, bytes)
    if (made !== undefined) nodes.set(set, made)
    return made
  }

  function failing(set: Digest, check: InputCheck): Input | null {
    const open: { name: Digest; inputs: readonly Input[] }[] = []
    let answer: Input | null = null
    for (let name: Digest | undefined = set; name !== undefined;) {
      const known = check.sets.get(name)
      if (known !== undefined) {
        answer = known
        break
      }
      const found = node(name)
      if (found === undefined) {
        answer = { kind: LOST_SET_KIND, name, value: '' }
        check.sets.set(name, answer)
        break
      }
      open.push({ name, inputs: found.inputs })
      name = found.parent
    }
    // From the oldest on, so that each link of the history gets its own answer.
    for (const { name, inputs } of open.reverse()) {
      answer ??= inputs.find((input) => check.holds(input) !== true) ?? null
      check.sets.set(name, answer)
    }
    return answer
  }

  return {
    name(parent, added) {
      const inputs = sortedInputs(added)
      if (inputs.length === 0 && parent !== undefined) return parent
      const text = parent === undefined ? JSON.stringify(inputs) : ''
      const known = named.get(text)
      if (known !== undefined) return known
      const made = { parent, inputs }
      const name = hasher.digestBytes(bytesOf(made))
      nodes.set(name, made)
      if (parent === undefined) named.set(text, name)
      return name
    },
    failing,
    blobs(set, known) {
      const blobs: Blob[] = []
      // A stored link does not mean that its parents are there: a damaged pack may have held them.
      for (let name: Digest | undefined = set; name !== undefined && !known.visited.has(name);) {
        const found = node(name)
        if (found === undefined) break
        known.visited.add(name)
        if (!known.has(name)) blobs.push({ name, bytes: bytesOf(found) })
        name = found.parent
      }
      return blobs
    },
    has: (set) => node(set) !== undefined,
    inputs: (set) => node(set)?.inputs ?? [],
    parent: (set) => node(set)?.parent,
  }
}
