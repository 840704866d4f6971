/** Adds up what calls cost that belong to one name. */
export interface Spent {
  calls: number
  /** Milliseconds. */
  ms: number
}

/**
 * Tells what hook calls cost that run as they are. While one has the thread, the time is its own:
 * hundreds may wait for an answer meanwhile, and did not cost it. While none has, all that wait
 * share the time (as in shareClock.ts). So all costs add up to time that passed once.
 */
export interface HookClock {
  /** A call takes the thread; undefined for one whose time is counted elsewhere. Answers who had it. */
  enter(spent: Spent | undefined): Spent | undefined
  /** It gives the thread back. */
  leave(before: Spent | undefined): void
  /** A call that gave the thread back waits; the function it answers ends that. */
  wait(spent: Spent): () => void
}

/** @param now milliseconds, e.g. `performance.now` */
export function createHookClock(now: () => number): HookClock {
  const nobody: Spent = { calls: 0, ms: 0 }
  let depth = 0
  let running: Spent | undefined
  let waiting = 0
  let shared = 0
  let last = 0

  function advance(): void {
    const at = now()
    if (depth > 0) (running ?? nobody).ms += at - last
    else if (waiting > 0) shared += (at - last) / waiting
    last = at
  }

  return {
    enter(spent) {
      advance()
      const before = running
      depth++
      running = spent
      return before
    },
    leave(before) {
      advance()
      depth--
      running = before
    },
    wait(spent) {
      const began = shared
      waiting++
      return () => {
        advance()
        spent.ms += shared - began
        waiting--
      }
    },
  }
}
