import type { Digest, Hasher } from '../key/index.ts'
import { openStore, type Store, type StoreFault } from '../store/index.ts'
import { createCodec, type Codec } from './codec.ts'
import type { Entry } from './entry.ts'
import { createFlights, type Flights } from './flights.ts'
import type { Session } from './session.ts'
import { createPending, type PendingGroups } from './pending.ts'
import { createInputSets, type InputSets } from './sets.ts'
import type { Fault } from './types.ts'

/** A result as it goes to those who waited for its computation. */
export interface Fresh {
  readonly entry: Entry
  readonly bytes: Buffer
}

/** What all sessions of one folder in one process share. */
export interface State {
  readonly hasher: Hasher
  readonly store: Store
  readonly codec: Codec
  readonly sets: InputSets
  readonly pending: PendingGroups
  readonly flights: Flights<Fresh>
  /** Bytes of small values that were read and checked: thousands of calls share one, as that of a hook that answers nothing. */
  readonly small: Map<Digest, Buffer>
  /** Looks for what other processes have committed, now and then; true when there is something. */
  hasNews(): boolean
  /** Sessions that are open. */
  readonly sessions: Set<Session>
  /**
   * Tells of every fault of the store from now on, of those that still stand, and of those that
   * nobody has heard of yet (a damaged pack is found when the store opens, before any session).
   */
  listen(listener: (fault: Fault) => void): { stop(): void }
  /** Resolves when the folder is ready to be written to. Starts that once. */
  startWriting(): Promise<void>
}

/** A look for news costs some ten microseconds, and saves a computation; milliseconds. */
const NEWS_TIME = 100

export function createState(dir: string, hasher: Hasher): State {
  const listeners = new Set<(fault: Fault) => void>()
  const standing: Fault[] = []
  let unheard: Fault[] = []
  const store = openStore({ dir, hasher, onFault: report })
  const codec = createCodec(hasher)
  const sets = createInputSets(hasher, codec, store)
  let writing: Promise<void> | undefined
  let looked = -Infinity

  function report(fault: StoreFault): void {
    if (fault.code !== 'damaged') standing.push(fault)
    else if (listeners.size === 0) unheard.push(fault)
    for (const listener of listeners) listener(fault)
  }

  return {
    hasher,
    store,
    codec,
    sets,
    pending: createPending(store, codec, sets),
    flights: createFlights(),
    small: new Map(),
    hasNews() {
      const now = performance.now()
      if (now - looked < NEWS_TIME) return false
      looked = now
      return store.catchUp()
    },
    sessions: new Set(),
    listen(listener) {
      listeners.add(listener)
      for (const fault of [...standing, ...unheard]) listener(fault)
      unheard = []
      return { stop: () => listeners.delete(listener) }
    },
    startWriting: () => (writing ??= store.startWriting()),
  }
}
