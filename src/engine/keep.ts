import type { KeyDigest } from '../key/index.ts'
import { rowVariant, type Verdict } from '../store/index.ts'
import { changedInput, sortedInputs, sortedUnique } from './codec.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './entry.ts'
import { nonDeterministic } from './faults.ts'
import { outdated, valueOf } from './lookup.ts'
import { entryOf } from './pending.ts'
import { createUsable } from './reach.ts'
import type { Computed } from './recording.ts'
import type { Fresh } from './state.ts'
import type { Committed, InputCheck, RememberRequest } from './types.ts'

export interface Kept<T> {
  readonly committed: Promise<Committed<T>>
  /** For those who waited; undefined when the result is for this caller alone. */
  readonly fresh: Fresh | undefined
}

/** Takes a result towards the store. Synchronous, so that nothing of it is seen half done. */
export function keep<T>(
  desk: Desk,
  request: RememberRequest,
  key: KeyDigest,
  computed: Computed<T>,
  check: InputCheck | undefined,
): Kept<T> {
  const { state, session } = desk
  const { value, refused } = computed
  const notStored = (reason: string, fresh?: Fresh): Kept<T> => {
    session.stored.not_stored++
    return { committed: Promise.resolve({ status: 'not_stored', value, reason }), fresh }
  }
  if (refused !== undefined) return notStored(refused)
  const inputs = sortedInputs(computed.inputs)
  const changed = changedInput(inputs)
  if (changed !== undefined) return notStored(`input_changed: ${changed.name}`)
  const encoded = state.codec.encode(value)
  if ('uncloneable' in encoded) return notStored(`uncloneable: ${encoded.uncloneable}`)

  const { bytes } = encoded
  const entry: Entry = {
    namespace: request.namespace,
    label: request.label ?? '',
    key,
    inputs,
    sets: sortedUnique(computed.sets),
    outcome: state.hasher.digestBytes(bytes),
    size: bytes.length,
    createdAt: desk.now(),
    computeMs: computed.computeMs,
    build: session.build,
    tags: sortedUnique(request.tags ?? []),
    note: computed.note,
  }
  const fresh = { entry, bytes }
  if (session.mode === 'readonly') return notStored('readonly', fresh)
  if (session.closed) return notStored('closed', fresh)
  if (state.store.unwritable !== undefined) return notStored(state.store.unwritable, fresh)
  return { committed: submit(desk, fresh, value, check), fresh }
}

function submit<T>(
  desk: Desk,
  { entry, bytes }: Fresh,
  value: T,
  check: InputCheck | undefined,
): Promise<Committed<T>> {
  const { state, session } = desk
  const variant = state.codec.variantOf(entry)
  const isRefresh = session.mode === 'refresh'
  const withdraws = isRefresh ? outdated(state, entry.key, entry.outcome, check, variant) : []
  for (const old of withdraws) state.pending.drop(entry.key, old)
  const twin = twinOf(desk, entry, variant)
  if (twin !== undefined && withdraws.length === 0) {
    return Promise.resolve(canonical(desk, entry, value, 'already_exists', twin))
  }
  return new Promise((resolve) => {
    state.pending.add({
      entry,
      variant,
      bytes,
      entryBytes: state.codec.encodeEntry(entry),
      withdraws,
      settle: (verdict) => resolve(settled(desk, entry, value, verdict)),
    })
  })
}

/** An entry that holds the key and variant of another one, and how to get its value. */
interface Twin {
  readonly entry: Entry
  readonly value: () => { readonly value: unknown } | undefined
}

/** The entry that is already there for a key and variant, pending or stored. */
function twinOf({ state }: Desk, { key }: Entry, variant: string): Twin | undefined {
  const { codec, pending, store } = state
  if (pending.isWithdrawn(key, variant)) return undefined
  const waiting = pending.of(key).find((other) => other.variant === variant)
  if (waiting !== undefined) {
    return { entry: waiting.entry, value: () => codec.decode(waiting.bytes) }
  }
  for (const row of store.claims(key)) {
    if (rowVariant(row.pack.rows, row.index) !== variant) continue
    const entry = entryOf(store, codec, row)
    if (entry !== undefined && createUsable(state)(entry)) {
      return { entry, value: () => valueOf(state, entry, undefined) }
    }
  }
  return undefined
}

function settled<T>(desk: Desk, entry: Entry, value: T, verdict: Verdict): Committed<T> {
  const { state, session } = desk
  if (verdict.status === 'lost') {
    const winner = entryOf(state.store, state.codec, verdict.row)
    const twin = winner && { entry: winner, value: () => valueOf(state, winner, undefined) }
    return canonical(desk, entry, value, 'race_lost', twin)
  }
  if (verdict.status === 'stored') {
    session.stored.stored++
    return { status: 'stored', value }
  }
  session.stored.not_stored++
  return { status: 'not_stored', value, reason: verdict.reason }
}

/** Answers with what the first writer stored, and checks that it is what we computed. */
function canonical<T>(
  { session }: Desk,
  entry: Entry,
  value: T,
  status: 'already_exists' | 'race_lost',
  twin: Twin | undefined,
): Committed<T> {
  session.stored[status]++
  if (twin === undefined) return { status, value }
  session.tag(entry.key, entry.tags, twin.entry.tags)
  if (twin.entry.outcome !== entry.outcome) session.fault(nonDeterministic(entry))
  const first = twin.value()
  return { status, value: first === undefined ? value : (first.value as T) }
}
