/** Milliseconds between two looks at the clock. */
const TICK = 25

/**
 * Resolves when a promise is settled, or when it was waited for as long as that. A tick that comes
 * late means that this process was busy, which is no waiting: it counts as two at most.
 *
 * @param patience milliseconds
 */
export async function waitAtMost(work: Promise<unknown>, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const isUp = new Promise<void>((resolve) => {
    let spent = 0
    let last = performance.now()
    timer = setInterval(() => {
      const now = performance.now()
      spent += Math.min(now - last, 2 * TICK)
      last = now
      if (spent >= patience) resolve()
    }, TICK)
  })
  try {
    await Promise.race([work, isUp])
  } finally {
    clearInterval(timer)
  }
}
