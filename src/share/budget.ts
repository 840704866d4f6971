/**
 * What bytes must come or go per second, else the time counts as waiting: about 1 Mbit/s. A pack
 * that travels slower than that takes longer than computing what is in it.
 */
const adequateRate = 128 * 1024

/** Milliseconds between two looks at the clock. */
const longestTick = 50

/** Counts the time that calls were waited for, and says when it is too much. */
export interface Budget {
  /** A call starts. */
  begin(): void
  /** Bytes passed. */
  progress(count: number): void
  /** A call is over. */
  end(): void
  /** Milliseconds counted so far. */
  spent(): number
}

export interface BudgetOptions {
  /** Milliseconds. */
  readonly timeout: number
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number
  /** Called once, when the time is used up. */
  readonly onSpent: () => void
}

/**
 * Time counts while at least one call is in flight: once, however many there are. Bytes pay for
 * the time since the last tick at the adequate rate, never for time before or after it, so a
 * healthy transfer costs nothing and a trickle costs all its time.
 */
export function openBudget({ timeout, now, onSpent }: BudgetOptions): Budget {
  const tick = Math.min(longestTick, timeout / 4)
  let inFlight = 0
  let spent = 0
  let bytes = 0
  let last = 0
  let timer: NodeJS.Timeout | undefined

  function account(): void {
    const time = now()
    // a tick that comes late means that this process was busy, and that no one waited
    const passed = Math.min(time - last, 2 * tick)
    spent += Math.max(0, passed - (bytes / adequateRate) * 1000)
    bytes = 0
    last = time
    if (spent >= timeout) {
      stop()
      onSpent()
    }
  }

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }

  return {
    begin() {
      if (inFlight++ > 0) return
      bytes = 0
      last = now()
      timer = setInterval(account, tick)
    },
    progress: (count) => void (bytes += count),
    end() {
      if (--inFlight > 0) return
      if (timer) account()
      stop()
    },
    spent: () => spent,
  }
}
