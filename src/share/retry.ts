import { setTimeout as wait } from 'node:timers/promises'
import { RemoteError } from './remote.ts'

/** Milliseconds before the second try, where the remote does not say. */
const pause = 50

/** Milliseconds that a remote may ask for; a build does not wait for longer. */
const longestPause = 1000

/**
 * Tries a second time what may have been chance: a connection that was cut, a server that failed
 * or is busy.
 *
 * @throws what the last try threw, or what `signal` was aborted with
 */
export async function withRetry<T>(
  call: () => Promise<T>,
  { signal, isOpen }: { readonly signal: AbortSignal; readonly isOpen: () => boolean },
): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const delay = delayBefore(error)
    if (delay === undefined || isOpen()) throw error
    await wait(delay, undefined, { signal })
    // others may have failed meanwhile
    if (isOpen()) throw error
    return call()
  }
}

function delayBefore(error: unknown): number | undefined {
  if (!(error instanceof RemoteError)) return undefined
  const { code, status, retryAfter = pause } = error
  const isChance =
    code === 'cut' ||
    code === 'rate_limited' ||
    (code === 'server' && [500, 502, 503, 504].includes(status ?? 0))
  return isChance && retryAfter <= longestPause ? retryAfter : undefined
}
