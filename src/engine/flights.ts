import { AsyncLocalStorage } from 'node:async_hooks'
import type { KeyDigest } from '../key/index.ts'

/** One computation in progress. `T` is what it hands to those who waited. */
export interface Flight<T> {
  readonly key: KeyDigest
  /** The computation inside which this one was asked for. */
  readonly parent: Flight<T> | undefined
  readonly children: Set<Flight<T>>
  /** What this computation waits for. */
  readonly waits: Set<Flight<T>>
  readonly done: Promise<T | undefined>
}

/** Lets equal requests of one process compute once. */
export interface Flights<T> {
  /** The computation in progress for a key. */
  of(key: KeyDigest): Flight<T> | undefined
  /** Runs `compute` as the one computation of its key; its result goes to those who wait. */
  run(key: KeyDigest, compute: () => Promise<T | undefined>): Promise<T | undefined>
  /**
   * Waits for a computation to end and gives what it made. `'deadlock'` when it waits for
   * the caller: itself inside its own computation, or in a ring of computations.
   */
  join(flight: Flight<T>): Promise<T | undefined> | 'deadlock'
}

export function createFlights<T>(): Flights<T> {
  const flying = new Map<KeyDigest, Flight<T>>()
  const current = new AsyncLocalStorage<Flight<T>>()
  let running = 0

  async function run(
    key: KeyDigest,
    compute: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const parent = current.getStore()
    let land: (result: T | undefined) => void = () => {}
    const done = new Promise<T | undefined>((resolve) => (land = resolve))
    const flight: Flight<T> = { key, parent, children: new Set(), waits: new Set(), done }
    // Inside a ring of computations the second one of a key flies unseen.
    const first = !flying.has(key)
    if (first) flying.set(key, flight)
    parent?.children.add(flight)
    running++
    let result: T | undefined
    try {
      result = await current.run(flight, compute)
      return result
    } finally {
      running--
      // on Node before 24 a store in use slows every promise of the process down, all of the host's
      if (running === 0) current.disable()
      if (first) flying.delete(key)
      parent?.children.delete(flight)
      land(result)
    }
  }

  function join(flight: Flight<T>): Promise<T | undefined> | 'deadlock' {
    const waiter = current.getStore()
    if (waiter === undefined) return flight.done
    const own = new Set<Flight<T>>()
    for (let at: Flight<T> | undefined = waiter; at !== undefined; at = at.parent) own.add(at)
    if (leadsTo(flight, own, new Set())) return 'deadlock'
    waiter.waits.add(flight)
    return flight.done.finally(() => waiter.waits.delete(flight))
  }

  return { of: (key) => flying.get(key), run, join }
}

/** True when a computation is, or directly or indirectly waits for, one of `goals`. */
function leadsTo<T>(
  flight: Flight<T>,
  goals: ReadonlySet<Flight<T>>,
  seen: Set<Flight<T>>,
): boolean {
  if (goals.has(flight)) return true
  if (seen.has(flight)) return false
  seen.add(flight)
  return [...flight.waits, ...flight.children].some((next) => leadsTo(next, goals, seen))
}
