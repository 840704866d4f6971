import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  RemoteError,
  type Remote,
  type RemoteCall,
  type RemoteName,
} from '../../../src/share/remote.ts'
import { openRemote } from '../../../src/share/remotes/open.ts'
import { engines, type Engine } from '../engines.ts'

const mebibyte = 1024 * 1024

describe.each(Object.entries(engines))('%s', (_, start) => {
  let engine: Engine
  let remote: Remote

  beforeAll(async () => {
    engine = await start()
    remote = await openRemote(engine.spec, engine.env)
  })

  afterAll(async () => {
    await remote?.close()
    await engine?.stop()
  })

  test('what is absent is undefined', async () => {
    expect(await remote.get(named(randomBytes(8)), call())).toBeUndefined()
    expect(await remote.get(manifest(randomBytes(8)), call())).toBeUndefined()
    expect(await remote.has(named(randomBytes(8)), call())).toBe(false)
    expect(await remote.has(manifest(randomBytes(8)), call())).toBe(false)
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['1 byte', Buffer.from([0])],
    ['all values of bytes', Buffer.from(Array.from({ length: 256 }, (_, value) => value))],
    ['text that looks encoded', Buffer.from('base64:AAAA')],
    ['1 MiB', randomBytes(mebibyte)],
    ['20 MiB', randomBytes(20 * mebibyte)],
  ])('gives back %s', async (_, bytes) => {
    for (const name of [named(bytes), manifest(bytes)]) {
      await remote.put(name, bytes, call())
      expect(await remote.has(name, call())).toBe(true)
      expectBytes(await remote.get(name, call({ maxBytes: bytes.length })), bytes)
    }
  })

  test('content and manifests do not mix', async () => {
    const bytes = randomBytes(100)
    await remote.put(named(bytes), bytes, call())
    expect(await remote.has(manifest(bytes), call())).toBe(false)
  })

  test('putting the same content again is fine', async () => {
    const bytes = randomBytes(1000)
    await remote.put(named(bytes), bytes, call())
    await remote.put(named(bytes), bytes, call())
    expectBytes(await remote.get(named(bytes), call()), bytes)
  })

  test('a manifest that is put again is replaced, also by a shorter one', async () => {
    const name = manifest(randomBytes(8))
    for (const length of [1000, 2000, 10]) {
      const bytes = randomBytes(length)
      await remote.put(name, bytes, call())
      expectBytes(await remote.get(name, call()), bytes)
    }
  })

  test.each([
    '',
    '../../../../etc/passwd',
    'A'.repeat(64),
    'g'.repeat(64),
    `${'a'.repeat(60)}/../`,
    `${'a'.repeat(64)}\n`,
    'a'.repeat(63),
    'a'.repeat(65),
  ])('the name %j goes nowhere', async (sha256) => {
    for (const kind of ['content', 'manifest'] as const) {
      const name = { kind, sha256 }
      await expectCode('invalid', async () => remote.get(name, call()))
      await expectCode('invalid', async () => remote.has(name, call()))
      await expectCode('invalid', async () => remote.put(name, Buffer.from('x'), call()))
    }
  })

  test('gives no more than maxBytes', async () => {
    const bytes = randomBytes(mebibyte)
    await remote.put(named(bytes), bytes, call())
    await expectCode('too_large', () => remote.get(named(bytes), call({ maxBytes: 1000 })))
    await expectCode('too_large', () => remote.get(named(bytes), call({ maxBytes: mebibyte - 1 })))
    // and goes on working
    expectBytes(await remote.get(named(bytes), call({ maxBytes: mebibyte })), bytes)
  })

  test('a signal ends a call, before it and during it', async () => {
    const bytes = randomBytes(20 * mebibyte)
    const reason = new Error('enough')
    const before = call({ signal: AbortSignal.abort(reason) })
    await expect(remote.get(named(bytes), before)).rejects.toBe(reason)
    await expect(remote.has(named(bytes), before)).rejects.toBe(reason)
    await expect(remote.put(named(bytes), bytes, before)).rejects.toBe(reason)

    const ending = new AbortController()
    const during = remote.put(named(bytes), bytes, call({ signal: ending.signal }))
    ending.abort(reason)
    await expect(during).rejects.toBe(reason)
    // and the next call works
    await remote.put(named(bytes), bytes, call())
    const reading = new AbortController()
    const read = remote.get(named(bytes), call({ signal: reading.signal }))
    reading.abort(reason)
    await expect(read).rejects.toBe(reason)
    expectBytes(await remote.get(named(bytes), call()), bytes)
  })

  test('many calls at once, by two clients', async () => {
    const other = await openRemote(engine.spec, engine.env)
    const contents = Array.from({ length: 20 }, (_, index) => randomBytes(1000 * index + 1))
    const shared = randomBytes(mebibyte)
    await Promise.all([
      ...contents.map((bytes, index) =>
        (index % 2 ? other : remote).put(named(bytes), bytes, call()),
      ),
      remote.put(named(shared), shared, call()),
      other.put(named(shared), shared, call()),
    ])
    const read = await Promise.all(
      [...contents, shared].map((bytes, index) =>
        (index % 2 ? remote : other).get(named(bytes), call()),
      ),
    )
    for (const [index, bytes] of [...contents, shared].entries()) expectBytes(read[index], bytes)
    // a storage is the user's own object, which both would end
    if (typeof engine.spec === 'string') await other.close()
  })

  test('its title has no credentials', () => {
    expect(remote.title).not.toMatch(/secret|token/)
    expect(remote.title).not.toBe('')
  })
})

function call(more: Partial<RemoteCall> = {}): RemoteCall {
  return { signal: new AbortController().signal, ...more }
}

function named(bytes: Uint8Array): RemoteName {
  return { kind: 'content', sha256: createHash('sha256').update(bytes).digest('hex') }
}

function manifest(bytes: Uint8Array): RemoteName {
  const hash = createHash('sha256').update('manifest of ').update(bytes)
  return { kind: 'manifest', sha256: hash.digest('hex') }
}

/** Without the printing of megabytes when it fails. */
function expectBytes(got: Uint8Array | undefined, wanted: Uint8Array): void {
  expect(got?.length).toBe(wanted.length)
  expect(got && Buffer.compare(got, wanted)).toBe(0)
}

async function expectCode(code: string, work: () => Promise<unknown>): Promise<void> {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(RemoteError)
  expect((error as RemoteError).code).toBe(code)
}
