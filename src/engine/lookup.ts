import type { KeyDigest } from '../key/index.ts'
import { rowVariant, type Row } from '../store/index.ts'
import { isBlob } from './codec.ts'
import type { Entry } from './entry.ts'
import { entryOf, type Pending } from './pending.ts'
import { LOST_SET_KIND } from './sets.ts'
import type { State } from './state.ts'
import type { Input, InputCheck, MissReason } from './types.ts'

/** An entry that may be used now, with a fresh copy of its value. */
export interface Hit {
  readonly entry: Entry
  readonly value: unknown
  /** Where it is stored, or the pending result it is. */
  readonly from: Row | Pending
}

export interface LookupOptions {
  readonly check: InputCheck | undefined
  /** Considers only what this session made itself. */
  readonly onlyBuild?: string | undefined
}

/**
 * The first entry of a key whose inputs hold: pending ones from the newest on, then as stored.
 * A promise when the check can't tell yet: to be looked up again when it is settled.
 */
export function lookup(
  state: State,
  key: KeyDigest,
  { check, onlyBuild }: LookupOptions,
): Hit | MissReason | Promise<unknown> {
  const { codec, pending, store } = state
  let failed: Input | undefined
  let damaged: string | undefined

  const waiting = pending.of(key)
  for (let at = 0; at < waiting.length; at++) {
    const result = waiting[at]!
    if (onlyBuild !== undefined && result.entry.build !== onlyBuild) continue
    if (pending.isWithdrawn(key, result.variant)) continue
    const input = failingInput(state, result.entry, check)
    if (input instanceof Promise) return input
    if (input === null) {
      const decoded = codec.decode(result.bytes)
      if (decoded !== undefined) return { entry: result.entry, value: decoded.value, from: result }
    } else failed ??= input
  }
  const newestFailed = failed

  for (const row of store.claims(key)) {
    const read = store.read(row)
    const entry = read && codec.decodeEntry(read.bytes)
    if (entry === undefined || entry.key !== key) {
      damaged = 'an entry'
      continue
    }
    if (onlyBuild !== undefined && entry.build !== onlyBuild) continue
    if (pending.hasWithdrawn() && pending.isWithdrawn(key, rowVariant(row.pack.rows, row.index))) {
      continue
    }
    const input = failingInput(state, entry, check)
    if (input instanceof Promise) return input
    if (input !== null) {
      if (input.kind === LOST_SET_KIND) damaged = 'a set of inputs'
      else failed = input
      continue
    }
    const value = valueOf(state, entry, read?.ahead)
    if (value !== undefined) return { entry, value: value.value, from: row }
    damaged = 'a value'
  }

  const input = newestFailed ?? failed
  if (input !== undefined) return { reason: 'input_changed', input }
  return damaged === undefined ? { reason: 'first_seen' } : { reason: 'damaged', detail: damaged }
}

/** Null when an entry may be used now, else the first of its inputs that has changed; a promise as `check` gives it. */
export function failingInput(
  { sets }: State,
  entry: Entry,
  check: InputCheck | undefined,
): Input | null | Promise<unknown> {
  for (const input of entry.inputs) {
    const holds = check !== undefined && check.holds(input)
    if (holds !== true) return holds === false ? input : holds
  }
  for (const set of entry.sets) {
    if (check === undefined) return { kind: UNCHECKED_KIND, name: set, value: '' }
    const input = sets.failing(set, check)
    if (input !== null) return input
  }
  return null
}

/** Stands for the inputs in a set when there is no check to ask. */
const UNCHECKED_KIND = 'remember:unchecked-set'

/**
 * Variants of the entries of a key that another result must take the place of: those with other
 * bytes that would be served now.
 *
 * @param own a variant that must go even if its inputs do not hold
 */
export function outdated(
  state: State,
  key: KeyDigest,
  outcome: string | undefined,
  check: InputCheck | undefined,
  own?: string,
): string[] {
  const { codec, pending, store } = state
  const variants = new Set<string>()
  const add = (other: Entry | undefined, its: string): void => {
    if (other === undefined || other.outcome === outcome) return
    if (its === own || failingInput(state, other, check) === null) variants.add(its)
  }
  for (const row of store.claims(key)) {
    add(entryOf(store, codec, row), rowVariant(row.pack.rows, row.index))
  }
  for (const other of pending.of(key)) add(other.entry, other.variant)
  return [...variants]
}

/** The value of an entry; `ahead` are the bytes that were read along with it. Undefined when it is damaged. */
export function valueOf(
  { codec, hasher, store, small }: State,
  entry: Entry,
  ahead: Buffer | undefined,
): { readonly value: unknown } | undefined {
  if (ahead?.length === entry.size && isBlob(hasher, entry.outcome, ahead))
    return codec.decode(ahead)
  const known = small.get(entry.outcome)
  const bytes = known ?? store.content(entry.outcome)
  if (bytes === undefined) return undefined
  if (known === undefined && bytes.length <= SMALL && small.size < MOST_SMALL) {
    // what was read is there until the next read
    small.set(entry.outcome, Buffer.from(bytes))
  }
  return codec.decode(bytes)
}

const SMALL = 256
const MOST_SMALL = 1000
