import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { RememberError } from '../../../src/key/index.ts'
import type { KeyValue, RemoteCall, RemoteName, RemoteSpec } from '../../../src/share/remote.ts'
import { openRemote } from '../../../src/share/remotes/open.ts'
import { faultyHttp } from '../servers/faulty.ts'

const content: RemoteName = { kind: 'content', sha256: `ab${'0'.repeat(62)}` }
const manifest: RemoteName = { kind: 'manifest', sha256: 'c'.repeat(64) }
const call: RemoteCall = { signal: new AbortController().signal }

/** What a server is asked by a read of a content and of a manifest. */
async function asked(
  spec: (origin: string) => string,
  env: (origin: string) => Record<string, string> = () => ({}),
): Promise<{ urls: string[]; authorization: string | undefined }> {
  const server = await faultyHttp((_, response) => response.writeHead(404).end())
  const origin = `http://127.0.0.1:${server.port}`
  const remote = await openRemote(spec(origin), env(origin))
  await remote.get(content, call)
  await remote.get(manifest, call)
  return { urls: server.requests, authorization: server.headers[0]!.authorization }
}

test('http: content in folders by its first two digits, and the query stays', async () => {
  expect(await asked((origin) => `${origin}/some/cache/?sig=s3cr3t`)).toEqual({
    urls: [
      `GET /some/cache/content/ab/${content.sha256}?sig=s3cr3t`,
      `GET /some/cache/manifests/${manifest.sha256}?sig=s3cr3t`,
    ],
    authorization: undefined,
  })
})

test('http: credentials of the URL, and a token of the environment before them', async () => {
  const spec = (origin: string) => origin.replace('//', '//user:p%40ss@')
  expect((await asked(spec)).authorization).toBe(`Basic ${btoa('user:p@ss')}`)
  const env = () => ({ REMEMBER_REMOTE_TOKEN: 'token' })
  expect((await asked(spec, env)).authorization).toBe('Bearer token')
})

test("bazel: Bazel's own two folders", async () => {
  const { urls } = await asked((origin) => `bazel+${origin}/instance`)
  expect(urls).toEqual([
    `GET /instance/cas/${content.sha256}`,
    `GET /instance/ac/${manifest.sha256}`,
  ])
})

test.each([
  [{}, ''],
  [{ TURBO_TEAM: 'acme' }, '?slug=acme'],
  [{ TURBO_TEAM: 'team_1' }, '?teamId=team_1'],
  [{ TURBO_TEAMID: 'team_1' }, '?teamId=team_1'],
  [{ TURBO_TEAM: 'acme', TURBO_TEAMID: 'team_1' }, '?teamId=team_1&slug=acme'],
])('turborepo: the team of %j', async (team, query) => {
  const env = (origin: string) => ({ TURBO_API: origin, TURBO_TOKEN: 'token', ...team })
  const { urls, authorization } = await asked(() => 'turborepo:', env)
  expect(urls[0]).toBe(`GET /v8/artifacts/${content.sha256}${query}`)
  expect(authorization).toBe('Bearer token')
})

test('s3: a signature that the secret gives, over what was sent', async () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
  const server = await faultyHttp((request, response) => {
    request.resume().on('end', () => response.end())
  })
  const remote = await openRemote(
    `s3://bucket/a/b?endpoint=http://127.0.0.1:${server.port}&region=eu-central-1`,
    { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: 'session' },
  )
  await remote.put(content, Buffer.from('bytes'), call)
  const path = `/bucket/a/b/content/${content.sha256}`
  expect(server.requests).toEqual([`PUT ${path}`])

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
  const headers = server.headers[0]!
  const time = String(headers['x-amz-date'])
  const scope = `${time.slice(0, 8)}/eu-central-1/s3/aws4_request`
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization!)![1]!
  expect(signed.split(';')).toContain('host')
  const lines = signed.split(';').map((name) => `${name}:${headers[name]}\n`)
  const canonical = `PUT\n${path}\n\n${lines.join('')}\n${signed}\n${headers['x-amz-content-sha256']}`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest()
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`)
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`).toString('hex')
  expect(headers.authorization).toContain(`Credential=AKIA/${scope}`)
  expect(headers.authorization).toContain(`Signature=${signature}`)
  expect(headers['x-amz-security-token']).toBe('session')
})

test('where a PUT finds no folder, it is made', async () => {
  const folders = new Set<string>(['/cache/'])
  const server = await faultyHttp((request, response) => {
    const { method, url = '' } = request
    const parent = url.replace(/[^/]+\/?$/, '')
    request.resume().on('end', () => {
      if (!folders.has(parent)) return response.writeHead(409).end()
      if (method === 'MKCOL' && folders.has(url)) return response.writeHead(405).end()
      if (method === 'MKCOL') folders.add(url)
      return response.writeHead(201).end()
    })
  })
  const remote = await openRemote(`http://127.0.0.1:${server.port}/cache`, {})
  await remote.put(content, Buffer.from('bytes'), call)
  await remote.put(content, Buffer.from('bytes'), call)
  const file = `/cache/content/ab/${content.sha256}`
  expect(server.requests).toEqual([
    `PUT ${file}`,
    'MKCOL /cache/content/',
    'MKCOL /cache/content/ab/',
    `PUT ${file}`,
    `PUT ${file}`,
  ])
})

test.each([
  ['https://user:secret@cache.example.com/app/?token=secret', 'https://cache.example.com/app'],
  ['http://user:secret@cache.example.com', 'http://cache.example.com'],
  ['bazel+https://secret@cache.example.com/', 'bazel+https://cache.example.com'],
  ['redis://:secret@cache.example.com:6380/2', 'redis://cache.example.com:6380/2'],
  ['rediss://user:secret@cache.example.com', 'rediss://cache.example.com'],
  ['s3://AKIA:secret@bucket/prefix/?endpoint=https://minio.example.com', 's3://bucket/prefix'],
])('the title of %s', async (spec, title) => {
  expect((await openRemote(spec, {})).title).toBe(title)
})

test.each([
  ['http://cache.example.com', true],
  ['redis://cache.example.com', true],
  ['bazel+http://10.0.0.1/', true],
  ['s3://a:b@bucket?endpoint=http://minio.example.com', true],
  ['https://cache.example.com', false],
  ['rediss://cache.example.com', false],
  ['http://localhost:8080', false],
  ['http://127.0.0.1:8080', false],
  ['http://[::1]:8080', false],
  ['http://127.0.0.1.example.com', true],
  ['s3://a:b@bucket', false],
])('%s: others can read along: %s', async (spec, isOpen) => {
  const { caution } = await openRemote(spec, {})
  expect(caution !== undefined).toBe(isOpen)
  expect(caution ?? '').not.toMatch(/a:b/)
})

test.each<[unknown, Record<string, string>, RegExp]>([
  ['', {}, /`share\.remote` \(or REMEMBER_REMOTE\) is no URL\. Allowed: /],
  ['cache.example.com', {}, /is no URL/],
  ['https://', {}, /is no URL/],
  ['ftp://user:secret@host', {}, /starts with ftp:, which is not known/],
  ['C:\\cache', {}, /starts with c:, which is not known/],
  [42, {}, /is 42\. Allowed/],
  [undefined, {}, /is undefined\. Allowed/],
  [
    { get() {} },
    {},
    /is \{ get: \[Function: get\] \}\. Allowed: .* an object with get, put and has/,
  ],
  ['turborepo:', {}, /needs TURBO_TOKEN \(and TURBO_API, TURBO_TEAM\) in the environment/],
  ['turborepo:', { TURBO_TOKEN: 'secret', TURBO_API: 'api' }, /TURBO_API is no URL/],
  ['s3://bucket', {}, /s3:\/\/bucket, which needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/],
  ['s3://a:secret@bucket?endpoint=minio', {}, /`endpoint` is no URL/],
  ['s3://a:secret@/prefix', {}, /is no URL|names no bucket/],
])('%j with %j is refused', async (spec, env, message) => {
  const error = await openRemote(spec as RemoteSpec, env).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(RememberError)
  expect((error as RememberError).message).toMatch(message)
  expect((error as RememberError).message).not.toMatch(/secret/)
})

test('an object that gives no bytes', async () => {
  const object = { get: () => 'text', put() {}, has: () => true } as unknown as KeyValue
  const remote = await openRemote(object, {})
  await expect(remote.get(content, call)).rejects.toMatchObject({ code: 'invalid' })
})

test('an object that throws, in one line', async () => {
  const object: KeyValue = {
    get: () => Promise.reject(new Error('first line\nsecond line')),
    put() {
      throw new Error('at once')
    },
    has: () => true,
  }
  const remote = await openRemote(object, {})
  await expect(remote.get(content, call)).rejects.toMatchObject({
    code: 'server',
    message: 'The object given as `share.remote` failed: first line',
  })
  await expect(remote.put(content, Buffer.from(''), call)).rejects.toMatchObject({
    code: 'server',
    message: 'The object given as `share.remote` failed: at once',
  })
})
