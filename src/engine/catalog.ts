import type { KeyDigest } from '../key/index.ts'
import { allClaims, rowVariant } from '../store/index.ts'
import type { Entry } from './entry.ts'
import { addSession, factsOf, type Touches } from './facts.ts'
import { entryOf } from './pending.ts'
import { storedTouches } from './storedTouches.ts'
import type { Session } from './session.ts'
import type { State } from './state.ts'
import type { EntryFacts } from './types.ts'

/** Every live entry, stored and pending, oldest first; entries that can't be read are left out. */
export function listEntries(state: State, sessions: Iterable<Session>, now: number): EntryFacts[] {
  const touches = allTouches(state, sessions, now)
  const facts: EntryFacts[] = []
  const seen = new Set<string>()
  const add = (entry: Entry, variant: string): void => {
    const name = `${entry.key}:${variant}`
    if (seen.has(name)) return
    seen.add(name)
    facts.push(factsOf(entry, variant, touches))
  }
  for (const row of allClaims(state.store.view)) {
    const entry = entryOf(state.store, state.codec, row)
    if (entry !== undefined) add(entry, rowVariant(row.pack.rows, row.index))
  }
  for (const { entry, variant } of state.pending.all()) add(entry, variant)
  return facts.sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
}

/** The oldest live entry of a key. */
export function findEntry(
  state: State,
  sessions: Iterable<Session>,
  now: number,
  key: KeyDigest,
): EntryFacts | undefined {
  const touches = allTouches(state, sessions, now)
  for (const row of state.store.claims(key)) {
    const entry = entryOf(state.store, state.codec, row)
    if (entry !== undefined) return factsOf(entry, rowVariant(row.pack.rows, row.index), touches)
  }
  const pending = state.pending.of(key).at(-1)
  return pending && factsOf(pending.entry, pending.variant, touches)
}

function allTouches(state: State, sessions: Iterable<Session>, now: number): Touches {
  const { touches } = storedTouches(state)
  for (const session of sessions) addSession(touches, state, session, now)
  return touches
}
