import type { Redis } from 'ioredis'
import type { Remote, RemoteCall, RemoteName } from '../remote.ts'
import { cautionOf, shownUrl } from './addresses.ts'
import { missingPackage, redisError, tooLarge } from './errors.ts'
import { textOf } from './names.ts'
import { openRedisClient, type Making } from './redisClient.ts'
import { untilAborted } from './untilAborted.ts'

/**
 * Redis and Valkey, through `ioredis`: `redis://host:6379/0?prefix=remember:`. Values are bytes as
 * they are, under `<prefix>content/<sha256>` and `<prefix>manifests/<sha256>`.
 *
 * @throws RememberError when the package is missing
 */
export async function openRedis(spec: URL): Promise<Remote> {
  const title = shownUrl(spec)
  const { Redis: Client } = await import('ioredis').catch((cause: unknown) => {
    throw missingPackage('ioredis', title, cause)
  })
  const prefix = spec.searchParams.get('prefix') ?? 'remember:'
  const address = new URL(spec)
  address.searchParams.delete('prefix')
  const make: Making = (options) => new Client(address.href, options)
  const connection = openRedisClient(make)
  const keyOf = (name: RemoteName) => prefix + textOf(name)

  async function ask<T>(call: RemoteCall, work: (client: Redis) => Promise<T>): Promise<T> {
    call.signal.throwIfAborted()
    const { client, failure, release } = connection.take(call)
    try {
      return await untilAborted(work(client), call.signal)
    } catch (error) {
      call.signal.throwIfAborted()
      throw redisError(title, failure() ?? error)
    } finally {
      release()
    }
  }

  return {
    title,
    ...cautionOf(spec),
    async get(name, call) {
      const key = keyOf(name)
      const { maxBytes = Infinity } = call
      // one byte too many tells that there are more
      const end = maxBytes === Infinity ? -1 : maxBytes
      const bytes = await ask(call, async (client) => {
        const [exists, range] =
          (await client.pipeline().exists(key).getrangeBuffer(key, 0, end).exec()) ?? []
        for (const answer of [exists, range]) if (answer?.[0]) throw answer[0]
        return exists?.[1] === 1 ? (range?.[1] as Buffer) : undefined
      })
      if (bytes && bytes.length > maxBytes) throw tooLarge(title, maxBytes)
      return bytes
    },
    has: (name, call) => {
      const key = keyOf(name)
      return ask(call, async (client) => (await client.exists(key)) === 1)
    },
    async put(name, bytes, call) {
      const key = keyOf(name)
      const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      await ask(call, (client) => client.set(key, value))
    },
    close: () => Promise.resolve(connection.end()),
  }
}
