import { describe, expect, test } from 'vitest'
import { guard, type GuardedRemote } from '../../src/share/guarded.ts'
import {
  RemoteError,
  type Remote,
  type RemoteErrorCode,
  type RemoteName,
} from '../../src/share/remote.ts'

const name: RemoteName = { kind: 'content', sha256: '0'.repeat(64) }
const bytes = Buffer.from('bytes')

/** What each call of a remote does, in turn; the last goes on. */
type Script = readonly (Uint8Array | undefined | Error)[]

function scripted(script: Script): { remote: Remote; calls: string[] } {
  const calls: string[] = []
  const next = (method: string): Promise<Uint8Array | undefined> => {
    const step = script[Math.min(calls.length, script.length - 1)]
    calls.push(method)
    return step instanceof Error ? Promise.reject(step) : Promise.resolve(step)
  }
  const remote: Remote = {
    title: 'https://cache.example.com',
    get: () => next('get'),
    has: async () => (await next('has')) !== undefined,
    put: async () => void (await next('put')),
    close: () => Promise.resolve(),
  }
  return { remote, calls }
}

function guarded(remote: Remote): GuardedRemote {
  return guard(remote, { timeout: 60_000, now: () => performance.now() })
}

const fault = (code: RemoteErrorCode, more: { status?: number; retryAfter?: number } = {}) =>
  new RemoteError(code, `https://cache.example.com ${code}`, more)

describe('guarded', () => {
  test('passes on what the remote says, and counts', async () => {
    const { remote } = scripted([bytes, bytes, bytes, undefined])
    const guardedOne = guarded(remote)
    expect(await guardedOne.get(name)).toEqual({ state: 'found', bytes })
    expect(await guardedOne.has(name)).toEqual({ state: 'found' })
    expect(await guardedOne.put(name, bytes)).toEqual({ state: 'done' })
    expect(await guardedOne.get(name)).toEqual({ state: 'absent' })
    expect(guardedOne.counts()).toEqual({ requests: 4, bytesDown: 5, bytesUp: 5, failures: 0 })
    expect(guardedOne.trouble()).toBeUndefined()
  })

  test.each([
    ['cut', fault('cut')],
    ['429 at once', fault('rate_limited', { status: 429 })],
    ['429 with a short Retry-After', fault('rate_limited', { status: 429, retryAfter: 10 })],
    ['500', fault('server', { status: 500 })],
    ['503', fault('server', { status: 503 })],
  ])('%s is tried once more', async (_, error) => {
    const first = scripted([error, bytes])
    expect(await guarded(first.remote).get(name)).toEqual({ state: 'found', bytes })
    expect(first.calls).toHaveLength(2)

    const both = scripted([error])
    expect(await guarded(both.remote).get(name)).toEqual({ state: 'failed', error })
    expect(both.calls).toHaveLength(2)
  })

  test.each([
    ['refused', fault('refused')],
    ['unreachable', fault('unreachable')],
    ['denied', fault('denied', { status: 403 })],
    ['conflict', fault('conflict', { status: 409 })],
    ['too large', fault('too_large')],
    ['429 with a long Retry-After', fault('rate_limited', { status: 429, retryAfter: 120_000 })],
    ['501', fault('server', { status: 501 })],
    ['invalid', fault('invalid')],
    ['what an object threw', new Error('oh')],
  ])('%s is not tried again', async (_, error) => {
    const { remote, calls } = scripted([error])
    expect(await guarded(remote).get(name)).toMatchObject({ state: 'failed' })
    expect(calls).toHaveLength(1)
  })

  test('after three failed reads nothing more is read, but written', async () => {
    const { remote, calls } = scripted([fault('denied')])
    const one = guarded(remote)
    for (const call of [one.get(name), one.has(name), one.get(name)]) {
      expect(await call).toMatchObject({ state: 'failed' })
    }
    expect(await one.get(name)).toEqual({ state: 'open' })
    expect(await one.has(name)).toEqual({ state: 'open' })
    expect(await one.put(name, bytes)).toMatchObject({ state: 'failed' })
    expect(calls).toHaveLength(4)
    expect(one.trouble()).toBe(
      'https://cache.example.com denied (4 failures); nothing more was read from it',
    )
  })

  test('after three failed writes nothing more is written, but read', async () => {
    const { remote, calls } = scripted([fault('denied'), fault('denied'), fault('denied'), bytes])
    const one = guarded(remote)
    for (let call = 0; call < 3; call++) await one.put(name, bytes)
    expect(await one.put(name, bytes)).toEqual({ state: 'open' })
    expect(await one.get(name)).toEqual({ state: 'found', bytes })
    expect(calls).toHaveLength(4)
    expect(one.trouble()).toMatch(/; nothing more was written to it$/)
  })

  test('calls at once that fail together do not try again once it is open', async () => {
    const { remote, calls } = scripted([fault('cut')])
    const one = guarded(remote)
    await Promise.all(Array.from({ length: 6 }, () => one.get(name)))
    // six first tries were under way; the second ones of the first three opened it
    expect(calls.length).toBeLessThanOrEqual(9)
    expect(await one.get(name)).toEqual({ state: 'open' })
  })

  test('one failure is told, and that it had no more consequences', async () => {
    const { remote } = scripted([fault('too_large'), bytes])
    const one = guarded(remote)
    await one.put(name, bytes)
    await one.get(name)
    expect(one.trouble()).toBe('https://cache.example.com too_large; the build did without that')
  })

  test('a remote that hangs ends all calls with the budget, and is not called again', async () => {
    const { remote, calls } = hanging()
    const faults: RemoteError[] = []
    const now = () => performance.now()
    const one = guard(remote, { timeout: 100, now, onFault: (error) => faults.push(error) })
    const answers = await Promise.all([one.get(name), one.get(name), one.put(name, bytes)])
    for (const answer of answers) {
      expect(answer).toMatchObject({ state: 'failed', error: { code: 'timeout' } })
    }
    expect(faults).toHaveLength(3)
    expect(await one.get(name)).toEqual({ state: 'open' })
    expect(await one.put(name, bytes)).toEqual({ state: 'open' })
    expect(calls).toHaveLength(3)
    expect(one.trouble()).toBe(
      'https://cache.example.com took more than 100 ms of waiting (3 failures); the build went on without it',
    )
  })

  test('closing ends what is in flight, which is no failure', async () => {
    const { remote } = hanging()
    const one = guarded(remote)
    const answer = one.get(name)
    await one.close()
    expect(await answer).toEqual({ state: 'open' })
    expect(await one.put(name, bytes)).toEqual({ state: 'open' })
    expect(one.counts().failures).toBe(0)
    expect(one.trouble()).toBeUndefined()
  })

  test('closing ends a pause before a second try', async () => {
    const { remote, calls } = scripted([fault('rate_limited', { status: 429, retryAfter: 1000 })])
    const one = guarded(remote)
    const answer = one.get(name)
    await Promise.resolve()
    await one.close()
    expect(await answer).toEqual({ state: 'open' })
    expect(calls).toHaveLength(1)
  })
})

function hanging(): { remote: Remote; calls: string[] } {
  const { remote, calls } = scripted([undefined])
  const hang = (_: unknown, signal: AbortSignal): Promise<never> => {
    calls.push('call')
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    )
  }
  return {
    calls,
    remote: {
      ...remote,
      get: (given, { signal }) => hang(given, signal),
      put: (given, _, { signal }) => hang(given, signal),
    },
  }
}
