import { randomBytes } from 'node:crypto'
import type http from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { guard, type Got, type GuardedRemote } from '../../src/share/guarded.ts'
import type { RemoteName } from '../../src/share/remote.ts'
import { openRemote } from '../../src/share/remotes/open.ts'
import { faultyHttp, faultyHttps, faultyTcp, type Faulty } from './servers/faulty.ts'
import { startNginx } from './servers/nginx.ts'
import { startS3, startTurborepo } from './servers/packages.ts'
import { freePort } from './servers/process.ts'
import { startRedis } from './servers/redis.ts'

const name: RemoteName = { kind: 'content', sha256: 'a'.repeat(64) }
const bytes = randomBytes(4 * 1024 * 1024)

/** Milliseconds: no test here ends by it but those of hangs. */
const patient = 60_000
const impatient = 150

async function open(
  spec: string,
  { timeout = patient, env = {} }: { timeout?: number; env?: Record<string, string> } = {},
): Promise<GuardedRemote> {
  const remote = guard(await openRemote(spec, env), { timeout, now: () => performance.now() })
  onTestFinished(() => remote.close())
  return remote
}

const at = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}/cache`

/** Reads as a build does that knows nothing of the fault: until it is no longer asked. */
async function readUntilOpen(remote: GuardedRemote): Promise<string[]> {
  const codes: string[] = []
  for (let call = 0; call < 10; call++) {
    const got = await remote.get(name)
    if (got.state === 'open') break
    codes.push(got.state === 'failed' ? got.error.code : got.state)
  }
  return codes
}

async function writeUntilOpen(remote: GuardedRemote): Promise<string[]> {
  const codes: string[] = []
  for (let call = 0; call < 10; call++) {
    const put = await remote.put(name, bytes)
    if (put.state === 'open') break
    codes.push(put.state === 'failed' ? put.error.code : put.state)
  }
  return codes
}

/** Equality of megabytes takes minutes otherwise. */
function expectFound(got: Got, wanted: Uint8Array): void {
  expect(got.state).toBe('found')
  if (got.state === 'found') expect(Buffer.compare(got.bytes, wanted)).toBe(0)
}

describe('no connection', () => {
  test('connection refused', async () => {
    const remote = await open(at({ port: await freePort() }))
    expect(await readUntilOpen(remote)).toEqual(['refused', 'refused', 'refused'])
    expect(await writeUntilOpen(remote)).toEqual(['refused', 'refused', 'refused'])
    expect(remote.counts()).toMatchObject({ requests: 6, failures: 6 })
    expect(remote.trouble()).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/cache refused the connection \(ECONNREFUSED\) \(6 failures\); the build went on without it$/,
    )
  })

  test('a name that no one knows', async () => {
    const remote = await open('https://cache.invalid/app')
    expect(await readUntilOpen(remote)).toEqual(['unreachable', 'unreachable', 'unreachable'])
    expect(remote.counts().requests).toBe(3)
    expect(remote.trouble()).toMatch(/^https:\/\/cache\.invalid\/app was not found/)
  })

  test('a certificate that is not trusted', async () => {
    const server = await faultyHttps((_, response) => response.end('secret'))
    const remote = await open(`https://127.0.0.1:${server.port}/cache`)
    expect(await readUntilOpen(remote)).toEqual(['unreachable', 'unreachable', 'unreachable'])
    expect(server.requests).toEqual([])
    expect(remote.trouble()).toMatch(/has no certificate that is trusted here/)
  })

  test('https where http is spoken', async () => {
    const server = await faultyHttp((_, response) => response.end())
    const remote = await open(`https://127.0.0.1:${server.port}/cache`)
    expect(await readUntilOpen(remote)).toEqual(['unreachable', 'unreachable', 'unreachable'])
    expect(server.requests).toEqual([])
  })

  test('connections that are ended before an answer', async () => {
    const server = await faultyHttp((request) => request.socket.destroy())
    const remote = await open(at(server))
    expect(await readUntilOpen(remote)).toEqual(['cut', 'cut', 'cut'])
    expect(server.requests).toHaveLength(6)
    expect(remote.counts()).toMatchObject({ requests: 6, failures: 3 })
  })

  test('what is no HTTP', async () => {
    const server = await faultyTcp((socket) => socket.end('220 mail.example.com ESMTP\r\n'))
    const remote = await open(at(server))
    expect(await readUntilOpen(remote)).toEqual(['invalid', 'invalid', 'invalid'])
    expect(server.requests).toHaveLength(3)
  })
})

describe('answers', () => {
  const answering = (status: number, headers: http.OutgoingHttpHeaders = {}): Promise<Faulty> =>
    faultyHttp((request, response) => {
      request.resume().on('end', () => response.writeHead(status, headers).end('an excuse'))
    })

  test.each([
    { status: 401, code: 'denied', requests: 1 },
    { status: 403, code: 'denied', requests: 1 },
    { status: 409, code: 'conflict', requests: 1 },
    { status: 413, code: 'too_large', requests: 1 },
    { status: 400, code: 'invalid', requests: 1 },
    { status: 405, code: 'invalid', requests: 1 },
    { status: 418, code: 'invalid', requests: 1 },
    { status: 429, code: 'rate_limited', requests: 2 },
    { status: 429, code: 'rate_limited', requests: 2, headers: { 'retry-after': '0' } },
    { status: 429, code: 'rate_limited', requests: 1, headers: { 'retry-after': '120' } },
    {
      status: 429,
      code: 'rate_limited',
      requests: 1,
      headers: { 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' },
    },
    { status: 500, code: 'server', requests: 2 },
    { status: 501, code: 'server', requests: 1 },
    { status: 502, code: 'server', requests: 2 },
    { status: 503, code: 'server', requests: 2 },
    { status: 504, code: 'server', requests: 2 },
    { status: 507, code: 'server', requests: 1 },
  ])('$status $headers to a read', async ({ status, code, requests, headers }) => {
    const server = await answering(status, headers)
    const remote = await open(at(server))
    expect(await readUntilOpen(remote)).toEqual([code, code, code])
    expect(server.requests).toHaveLength(3 * requests)
    expect(remote.counts().failures).toBe(3)
    expect(remote.trouble()).toContain(` answered ${status} to GET`)
  })

  test.each([404, 410])('%s: there is none, which is no failure', async (status) => {
    const server = await answering(status)
    const remote = await open(at(server))
    expect(await remote.get(name)).toEqual({ state: 'absent' })
    expect(await remote.has(name)).toEqual({ state: 'absent' })
    expect(server.requests).toHaveLength(2)
    expect(remote.trouble()).toBeUndefined()
  })

  test.each([
    { status: 401, code: 'denied', requests: 1 },
    { status: 403, code: 'denied', requests: 1 },
    { status: 404, code: 'invalid', requests: 1 },
    // PUT, MKCOL of each folder, PUT
    { status: 409, code: 'conflict', requests: 4 },
    { status: 413, code: 'too_large', requests: 1 },
    { status: 429, code: 'rate_limited', requests: 2 },
    { status: 500, code: 'server', requests: 2 },
    { status: 507, code: 'server', requests: 1 },
  ])('$status to a write', async ({ status, code, requests }) => {
    const server = await answering(status)
    const remote = await open(at(server))
    expect(await writeUntilOpen(remote)).toEqual([code, code, code])
    expect(server.requests).toHaveLength(3 * requests)
    expect(remote.trouble()).toContain(` answered ${status} to PUT`)
  })

  test('413 while the upload has only begun', async () => {
    const server = await faultyHttp((_, response) => {
      response.writeHead(413, { connection: 'close' }).end()
    })
    const remote = await open(at(server))
    const put = await remote.put(name, randomBytes(30 * 1024 * 1024))
    expect(put).toMatchObject({ state: 'failed', error: { code: 'too_large', status: 413 } })
    expect(server.requests).toHaveLength(1)
  })

  test('a limit of nginx', async () => {
    const nginx = await startNginx(
      'location / { root files; dav_methods PUT; client_max_body_size 1k; }',
    )
    onTestFinished(() => nginx.stop())
    const remote = await open(at(nginx))
    expect(await writeUntilOpen(remote)).toEqual(['too_large', 'too_large', 'too_large'])
    expect(remote.trouble()).toContain('answered 413 to PUT: raise its limit')
  })

  test('a clock that is wrong changes nothing', async () => {
    const dates = ['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 2100 23:59:59 GMT', 'soon']
    for (const date of dates) {
      const server = await faultyHttp((_, response) => {
        response.sendDate = false
        response.writeHead(200, { date, expires: date, 'last-modified': date }).end(bytes)
      })
      expectFound(await (await open(at(server))).get(name), bytes)
    }
  })

  test('redirects of reads are followed, three times, and no credentials go elsewhere', async () => {
    const other = await faultyHttp((_, response) => response.end('found'))
    const server = await faultyHttp((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${other.port}/there` }).end()
    })
    const remote = await open(`http://user:secret@127.0.0.1:${server.port}/cache`)
    expect(await remote.get(name)).toEqual({ state: 'found', bytes: Buffer.from('found') })
    expect(server.headers[0]!.authorization).toBe(`Basic ${btoa('user:secret')}`)
    expect(other.requests).toEqual(['GET /there'])
    expect(other.headers[0]!.authorization).toBeUndefined()

    const circle = await faultyHttp((request, response) => {
      response.writeHead(307, { location: request.url! }).end()
    })
    const lost = await open(at(circle))
    expect(await lost.get(name)).toMatchObject({ state: 'failed', error: { code: 'invalid' } })
    expect(circle.requests).toHaveLength(4)
    expect(await lost.put(name, bytes)).toMatchObject({
      state: 'failed',
      error: { code: 'invalid' },
    })
    expect(circle.requests).toHaveLength(5)
  })

  test.each(['file:///etc/passwd', 'http://', 'gopher://127.0.0.1/'])(
    'a redirect to %s is not followed',
    async (location) => {
      const server = await faultyHttp((_, response) => response.writeHead(302, { location }).end())
      expect(await (await open(at(server))).get(name)).toMatchObject({
        state: 'failed',
        error: { code: 'invalid' },
      })
      expect(server.requests).toHaveLength(1)
    },
  )
})

describe('bodies', () => {
  test('shorter than announced', async () => {
    const server = await faultyHttp((_, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 1000), () => response.destroy())
    })
    const remote = await open(at(server))
    expect(await readUntilOpen(remote)).toEqual(['cut', 'cut', 'cut'])
    expect(server.requests).toHaveLength(6)
  })

  test('in pieces, of which the last never comes', async () => {
    const server = await faultyHttp((_, response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' })
      response.write(bytes.subarray(0, 1000), () => response.destroy())
    })
    const remote = await open(at(server))
    expect(await readUntilOpen(remote)).toEqual(['cut', 'cut', 'cut'])
    expect(server.requests).toHaveLength(6)
  })

  test('corrupted ones pass as they are: who asks for them knows their digest', async () => {
    const corrupted = Buffer.from(bytes)
    corrupted[1000]! ^= 1
    const server = await faultyHttp((_, response) => response.end(corrupted))
    const remote = await open(at(server))
    expectFound(await remote.get(name), corrupted)
    expect(remote.counts()).toMatchObject({ requests: 1, failures: 0 })
  })

  test('longer than may be, of which little more is read', async () => {
    let sent = 0
    let isOver = false
    const server = await faultyHttp((_, response) => {
      const piece = Buffer.alloc(64 * 1024)
      response.on('close', () => (isOver = true))
      const more = () => {
        if (isOver) return
        sent += piece.length
        response.write(piece, more)
      }
      more()
    })
    const remote = await open(at(server))
    const got = await remote.get(name, { maxBytes: 100_000 })
    expect(got).toMatchObject({ state: 'failed', error: { code: 'too_large' } })
    await expect.poll(() => isOver).toBe(true)
    // what the system holds on the way is a few MiB; it would go on for ever
    expect(sent).toBeLessThan(64 * 1024 * 1024)
    expect(server.requests).toHaveLength(1)
  })

  test('an excuse that never ends', async () => {
    const server = await faultyHttp((_, response) => {
      response.writeHead(404)
      const more = () => void response.write('sorry '.repeat(10_000), more)
      more()
    })
    const remote = await open(at(server))
    expect(await remote.get(name)).toMatchObject({ state: 'failed', error: { code: 'too_large' } })
  })

  test('compressed ones are asked for by no one', async () => {
    const server = await faultyHttp((_, response) => response.end('x'))
    await (await open(at(server))).get(name)
    expect(server.headers[0]!['accept-encoding']).toBe('identity')
  })
})

describe('hangs', () => {
  const hangs: Record<string, () => Promise<Faulty>> = {
    'a connection and no answer': () => faultyTcp(() => {}),
    'a request and no answer': () => faultyHttp(() => {}),
    'an answer and no body': () =>
      faultyHttp((_, response) => {
        response.writeHead(200, { 'content-length': 1000 })
        response.flushHeaders()
      }),
    'one byte in 100 ms': () =>
      faultyHttp((_, response) => {
        response.writeHead(200, { 'content-length': 1000 })
        const timer = setInterval(() => response.write('x'), 100)
        response.on('close', () => clearInterval(timer))
      }),
    'half of the body at once, and then nothing': () =>
      faultyHttp((_, response) => {
        response.writeHead(200, { 'content-length': bytes.length })
        response.write(bytes.subarray(0, bytes.length / 2))
      }),
    'headers, one byte in 100 ms': () =>
      faultyTcp((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx-trickle: ')
        const timer = setInterval(() => socket.write('x'), 100)
        socket.on('close', () => clearInterval(timer))
      }),
  }

  test.each(Object.entries(hangs))('%s', async (_, start) => {
    const server = await start()
    const remote = await open(at(server), { timeout: impatient })
    expect(await readUntilOpen(remote)).toEqual(['timeout'])
    expect(await writeUntilOpen(remote)).toEqual([])
    expect(server.requests).toHaveLength(1)
    expect(remote.trouble()).toMatch(/took more than 150 ms of waiting; the build went on without/)
    expectNoConnection(server)
  })

  test('an upload that is not read', async () => {
    const server = await faultyTcp((socket) => socket.pause())
    const remote = await open(at(server), { timeout: impatient })
    const put = await remote.put(name, randomBytes(30 * 1024 * 1024))
    expect(put).toMatchObject({ state: 'failed', error: { code: 'timeout' } })
    expect(await readUntilOpen(remote)).toEqual([])
    expectNoConnection(server)
  })

  test('Redis that does not answer', async () => {
    const server = await faultyTcp(() => {})
    const remote = await open(`redis://127.0.0.1:${server.port}`, { timeout: impatient })
    expect(await readUntilOpen(remote)).toEqual(['timeout'])
    expect(await writeUntilOpen(remote)).toEqual([])
    expect(server.requests).toHaveLength(1)
  })

  /** Nothing that keeps this process alive for longer. */
  function expectNoConnection({ port }: Faulty): void {
    const handles = Reflect.get(process, '_getActiveHandles') as () => object[]
    const ports = handles().map((handle) => Reflect.get(handle, 'remotePort'))
    expect(ports).not.toContain(port)
  }
})

describe('a server that is lost', () => {
  test('in mid-download', async () => {
    const nginxGone = await faultyHttp((request, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.resetAndDestroy())
    })
    const remote = await open(at(nginxGone))
    expect(await readUntilOpen(remote)).toEqual(['cut', 'cut', 'cut'])
    expect(nginxGone.requests).toHaveLength(6)
    expect(remote.counts().bytesDown).toBe(0)
  })

  test('in mid-upload', async () => {
    const gone = await faultyHttp((request) => {
      request.once('data', () => request.socket.resetAndDestroy())
    })
    const remote = await open(at(gone))
    expect(await writeUntilOpen(remote)).toEqual(['cut', 'cut', 'cut'])
    expect(gone.requests).toHaveLength(6)
    expect(remote.counts().bytesUp).toBe(0)
  })

  test('between two requests', async () => {
    const redis = await startRedis()
    const remote = await open(`redis://127.0.0.1:${redis.port}`)
    expect(await remote.put(name, bytes)).toEqual({ state: 'done' })
    await redis.stop()
    const codes = await readUntilOpen(remote)
    expect(codes).toHaveLength(3)
    expect(codes.every((code) => code === 'cut' || code === 'refused')).toBe(true)
  })

  test('for a moment, in which one request is lost', async () => {
    let asked = 0
    const server = await faultyHttp((request, response) => {
      if (asked++ === 0) request.socket.destroy()
      else response.end(bytes)
    })
    const remote = await open(at(server))
    expectFound(await remote.get(name), bytes)
    expect(server.requests).toHaveLength(2)
    expect(remote.trouble()).toBeUndefined()
  })
})

describe('other engines', () => {
  test('Redis: refused, a wrong password, and no password', async () => {
    const gone = await open(`redis://127.0.0.1:${await freePort()}`)
    expect(await readUntilOpen(gone)).toEqual(['refused', 'refused', 'refused'])
    expect(gone.counts().requests).toBe(3)

    const redis = await startRedis('--requirepass', 'secret')
    onTestFinished(() => redis.stop())
    for (const credentials of ['', ':guess@']) {
      const remote = await open(`redis://${credentials}127.0.0.1:${redis.port}`)
      expect(await readUntilOpen(remote)).toEqual(['denied', 'denied', 'denied'])
      expect(remote.trouble()).not.toContain('guess')
    }
  })

  test('Redis: what is no Redis', async () => {
    const server = await faultyHttp((_, response) => response.end())
    const remote = await open(`redis://127.0.0.1:${server.port}`, { timeout: 2000 })
    const codes = await readUntilOpen(remote)
    expect(codes.length).toBeGreaterThan(0)
    expect(await remote.get(name)).toEqual({ state: 'open' })
  })

  test('Redis: a server that sends more than may be', async () => {
    const server = await faultyTcp((socket) => {
      socket.once('data', () => {
        socket.write(`:1\r\n$${2 ** 40}\r\n`)
        const more = () => void (socket.writable && socket.write(Buffer.alloc(64 * 1024), more))
        more()
      })
    })
    const remote = await open(`redis://127.0.0.1:${server.port}`)
    expect(await remote.get(name, { maxBytes: 1000 })).toMatchObject({ state: 'failed' })
  })

  test('Redis: a full one', async () => {
    const redis = await startRedis('--maxmemory', '3mb', '--maxmemory-policy', 'noeviction')
    onTestFinished(() => redis.stop())
    const remote = await open(`redis://127.0.0.1:${redis.port}`)
    await remote.put(name, randomBytes(8 * 1024 * 1024))
    expect(await remote.put(name, bytes)).toMatchObject({
      state: 'failed',
      error: { code: 'server' },
    })
    expect(remote.trouble()).toContain('(OOM)')
  })

  test('Turborepo: a wrong token', async () => {
    const server = await startTurborepo()
    onTestFinished(() => server.stop())
    const env = {
      TURBO_API: `http://127.0.0.1:${server.port}`,
      TURBO_TOKEN: 'guess',
      TURBO_TEAM: 'a',
    }
    const remote = await open('turborepo:', { env })
    expect(await readUntilOpen(remote)).toEqual(['denied', 'denied', 'denied'])
    expect(await writeUntilOpen(remote)).toEqual(['denied', 'denied', 'denied'])
    expect(remote.trouble()).not.toContain('guess')
  })

  test('S3: a key that is not known', async () => {
    const server = await startS3()
    onTestFinished(() => server.stop())
    const env = { AWS_ACCESS_KEY_ID: 'AKIAGUESS', AWS_SECRET_ACCESS_KEY: 'guess' }
    const remote = await open(`s3://bucket?endpoint=http://127.0.0.1:${server.port}`, { env })
    expect(await readUntilOpen(remote)).toEqual(['denied', 'denied', 'denied'])
    expect(remote.trouble()).not.toMatch(/guess/i)
  })
})
