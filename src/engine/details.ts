import type { Digest, KeyDigest } from '../key/index.ts'
import { rowVariant } from '../store/index.ts'
import { factsOf } from './facts.ts'
import { valueOf } from './lookup.ts'
import { entryOf } from './pending.ts'
import { holdState } from './shared.ts'
import type { State } from './state.ts'
import { storedTouches } from './storedTouches.ts'
import type { EntryFacts, Input } from './types.ts'

/** An entry with all that is stored of it. */
export interface EntryDetails extends EntryFacts {
  /** Tells the entries of one key apart. */
  readonly variant: string
  /** What its computation observed itself. */
  readonly inputs: readonly Input[]
  /** What it has in common with others: what they observed too, and what may be kept from them. */
  readonly sharedInputs: readonly Input[]
  /** Undefined when it is damaged. */
  readonly value: unknown
}

/** Reads entries of a store, until it is closed. Nothing of it throws. */
export interface EntryReader {
  /** The live entries of a key, in the order in which a look-up asks them. */
  read(key: KeyDigest): EntryDetails[]
  close(): void
}

/** Opens a store for many `read`s, with what is known of its entries now. */
export async function openEntries(dir: string): Promise<EntryReader> {
  const hold = await holdState(dir)
  const { state } = hold
  const { store, codec } = state
  const { touches } = storedTouches(state)
  return {
    read(key) {
      return store.claims(key).flatMap((row) => {
        const entry = entryOf(store, codec, row)
        if (entry === undefined) return []
        const variant = rowVariant(row.pack.rows, row.index)
        return {
          ...factsOf(entry, variant, touches),
          variant,
          inputs: entry.inputs,
          sharedInputs: entry.sets.flatMap((set) => inputsOf(state, set)),
          value: valueOf(state, entry, undefined)?.value,
        }
      })
    },
    close: () => hold.release(),
  }
}

/** The live entries of a key, in the order in which a look-up asks them. Never throws. */
export async function readEntries(dir: string, key: KeyDigest): Promise<EntryDetails[]> {
  const reader = await openEntries(dir)
  try {
    return reader.read(key)
  } finally {
    reader.close()
  }
}

/** The inputs of a set and of those it grew from. */
export function inputsOf({ sets }: State, set: Digest): Input[] {
  const inputs: Input[] = []
  for (let name: Digest | undefined = set; name !== undefined; name = sets.parent(name)) {
    inputs.push(...sets.inputs(name))
  }
  return inputs
}
