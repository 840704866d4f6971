import type { Redis, RedisOptions } from 'ioredis'
import type { RemoteCall } from '../remote.ts'

/** Of an answer, besides the value that is asked for. */
const talk = 64 * 1024

export type Making = (options: RedisOptions) => Redis

/** One connection, made when it is needed and made anew when it was lost. */
export interface RedisConnection {
  /** For one call; `release` when it is over. */
  take(call: RemoteCall): Taken
  end(): void
}

export interface Taken {
  readonly client: Redis
  /** Why the connection ended, if it did. */
  failure(): unknown
  release(): void
}

/**
 * Tries nothing twice by itself, as the caller decides on that, and leaves nothing open that would
 * keep the process alive. A server that sends more than all calls together may take is cut off.
 */
export function openRedisClient(make: Making): RedisConnection {
  const calls = new Set<RemoteCall>()
  let open: Open | undefined

  function connect(): Open {
    const client = make({
      retryStrategy: null,
      maxRetriesPerRequest: 0,
      enableReadyCheck: false,
      disableClientInfo: true,
      // milliseconds from the end to the end of the socket
      disconnectTimeout: 0,
    })
    const made: Open = { client, failure: undefined, allowed: talk }
    client.on('error', (error) => (made.failure ??= error))
    client.on('end', () => forget(made))
    client.on('connect', () => {
      client.stream.on('data', (bytes: Buffer) => received(made, bytes.length))
    })
    return made
  }

  function received(made: Open, count: number): void {
    made.allowed -= count
    if (made.allowed < 0) end(made)
    // it can't be told whose bytes they are, and they count once
    const [first] = calls
    first?.onBytes?.(count)
  }

  function end(made: Open | undefined): void {
    made?.client.disconnect()
    forget(made)
  }

  function forget(made: Open | undefined): void {
    if (open === made) open = undefined
  }

  return {
    take(call) {
      const taken = (open ??= connect())
      calls.add(call)
      taken.allowed += talk + (call.maxBytes ?? Infinity)
      const stop = () => end(taken)
      call.signal.addEventListener('abort', stop, { once: true })
      return {
        client: taken.client,
        failure: () => taken.failure,
        release() {
          calls.delete(call)
          call.signal.removeEventListener('abort', stop)
        },
      }
    },
    end: () => end(open),
  }
}

interface Open {
  readonly client: Redis
  failure: unknown
  /** Bytes that may still come. */
  allowed: number
}
