/**
 * Tells what each of many overlapping hook calls cost. Hosts run hundreds of
 * async hooks at once, so the time from start to end counts the same second
 * hundreds of times. This clock runs slower the more calls run: a second
 * shared by ten calls is a tenth of a second for each, and all costs add up
 * to the time in which any of them ran.
 */
export interface ShareClock {
  /** Starts a call; the function it answers ends it and tells its cost in milliseconds. */
  start(): () => number
}

export function createShareClock(now: () => number): ShareClock {
  let running = 0
  let shared = 0
  let last = 0

  function advance(): number {
    const at = now()
    if (running > 0) shared += (at - last) / running
    last = at
    return shared
  }

  return {
    start() {
      const began = advance()
      running++
      return () => {
        const cost = advance() - began
        running--
        return cost
      }
    },
  }
}
