import { setMaxListeners } from 'node:events'
import { openBreakers } from './breaker.ts'
import { openBudget } from './budget.ts'
import { describeTrouble } from './trouble.ts'
import { RemoteError, type Remote, type RemoteCall, type RemoteName } from './remote.ts'
import { withRetry } from './retry.ts'

/** A remote that costs a build a bounded time and never throws. */
export interface GuardedRemote {
  readonly title: string
  readonly caution: string | undefined
  get(name: RemoteName, limits?: { readonly maxBytes?: number }): Promise<Got>
  has(name: RemoteName): Promise<Had>
  put(name: RemoteName, bytes: Uint8Array): Promise<Put>
  /** What happened so far. */
  counts(): RemoteCounts
  /** One line for the report; undefined when nothing went wrong. */
  trouble(): string | undefined
  /** Ends what is in flight, which then comes as `open`, and all connections. */
  close(): Promise<void>
}

/** `open`: not asked, as the remote failed before in this build, or is closed. */
export type Got = { readonly state: 'found'; readonly bytes: Uint8Array } | Absent | Failed
export type Had = { readonly state: 'found' } | Absent | Failed
export type Put = { readonly state: 'done' } | Failed

interface Absent {
  readonly state: 'absent'
}

type Failed = { readonly state: 'failed'; readonly error: RemoteError } | { readonly state: 'open' }

export interface RemoteCounts {
  /** Calls of the remote, second tries included. */
  readonly requests: number
  readonly bytesDown: number
  readonly bytesUp: number
  readonly failures: number
}

export interface GuardOptions {
  /** Milliseconds that one build may wait in all without adequate progress. */
  readonly timeout: number
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number
  readonly onFault?: (error: RemoteError) => void
}

/**
 * Bounds what a remote costs a build: the waiting (`budget.ts`), second tries (`retry.ts`), and
 * calls of one that is broken (`breaker.ts`). A remote that used up the budget is not called again.
 */
export function guard(remote: Remote, { timeout, now, onFault }: GuardOptions): GuardedRemote {
  const ending = new AbortController()
  // a call listens once for itself and once for its connection, and many run at once
  setMaxListeners(0, ending.signal)
  const late = new RemoteError('timeout', `${remote.title} took more than ${timeout} ms of waiting`)
  const budget = openBudget({ timeout, now, onSpent: () => ending.abort(late) })
  const breakers = openBreakers()
  const counts = { requests: 0, bytesDown: 0, bytesUp: 0, failures: 0 }
  const errors: RemoteError[] = []

  async function attempt<T>(
    side: 'reads' | 'writes',
    call: (given: RemoteCall) => Promise<T>,
  ): Promise<T | Failed> {
    const { signal } = ending
    const isOpen = () => signal.aborted || breakers.isOpen(side)
    if (isOpen()) return { state: 'open' }
    const given = { signal, onBytes: budget.progress }
    budget.begin()
    try {
      return await withRetry(
        () => {
          counts.requests++
          return call(given)
        },
        { signal, isOpen },
      )
    } catch (error) {
      if (signal.aborted && signal.reason !== late) return { state: 'open' }
      const known = signal.aborted ? late : asRemoteError(remote, error)
      counts.failures++
      errors.push(known)
      breakers.failed(side)
      onFault?.(known)
      return { state: 'failed', error: known }
    } finally {
      budget.end()
    }
  }

  return {
    title: remote.title,
    caution: remote.caution,
    get: (name, limits = {}) =>
      attempt('reads', async (call): Promise<Got> => {
        const bytes = await remote.get(name, { ...call, ...limits })
        if (!bytes) return { state: 'absent' }
        counts.bytesDown += bytes.length
        return { state: 'found', bytes }
      }),
    has: (name) =>
      attempt('reads', async (call): Promise<Had> => {
        return { state: (await remote.has(name, call)) ? 'found' : 'absent' }
      }),
    put: (name, bytes) =>
      attempt('writes', async (call): Promise<Put> => {
        await remote.put(name, bytes, call)
        counts.bytesUp += bytes.length
        return { state: 'done' }
      }),
    counts: () => ({ ...counts }),
    trouble: () => describeTrouble(errors, breakers.opened(), ending.signal.reason === late),
    async close() {
      ending.abort(new Error('closed'))
      await remote.close()
    },
  }
}

function asRemoteError(remote: Remote, cause: unknown): RemoteError {
  if (cause instanceof RemoteError) return cause
  return new RemoteError('server', `${remote.title} failed: ${String(cause)}`, { cause })
}
