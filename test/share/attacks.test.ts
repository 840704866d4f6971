import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { generateKey, parseSigningKey } from '../../src/share/keys.ts'
import { buildManifest, manifestName, type Manifest } from '../../src/share/manifest.ts'
import { sha256 } from '../../src/share/transport.ts'
import { tempDir } from '../support/temp.ts'
import { calls, machine, type Machine, type MachineOptions } from './machine.ts'
import { memoryRemote, type MemoryRemote } from './support.ts'

// One test for each attack in docs/security.md, by the names that it has there.

const key = generateKey('ci')
const attackersKey = generateKey('ci')

/** A job of GitHub Actions. */
function job(
  event: string,
  more: { number?: number; fork?: boolean; branch?: string } = {},
): Record<string, string> {
  const { number = 12, fork = false, branch = 'main' } = more
  const isPull = event === 'pull_request'
  const payload = {
    repository: { default_branch: 'main' },
    pull_request: { head: { repo: { full_name: fork ? 'somebody/app' : 'owner/app' } } },
  }
  const file = path.join(tempDir(), 'event.json')
  writeFileSync(file, JSON.stringify(payload))
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'owner/app',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: file,
    GITHUB_REF: isPull ? `refs/pull/${number}/merge` : `refs/heads/${branch}`,
    GITHUB_REF_NAME: isPull ? `${number}/merge` : branch,
    GITHUB_REF_TYPE: 'branch',
    ...(isPull && { GITHUB_BASE_REF: 'main' }),
  }
}

const signing = { REMEMBER_SIGNING_KEY: key.signing }
const trusting = { REMEMBER_TRUSTED_KEYS: key.trusted }

function jobMachine(
  remote: MemoryRemote,
  env: Record<string, string>,
  options: MachineOptions = {},
): Machine {
  return machine({ remote, env, ...options })
}

/** What a remote holds, to be put back or compared. */
const snapshot = (remote: MemoryRemote): [string, Uint8Array][] => [...remote.values]

function manifestOf(remote: MemoryRemote, scope: string): { name: string; manifest: Manifest } {
  for (const [name, bytes] of remote.values) {
    if (!name.startsWith('manifests/')) continue
    const envelope = JSON.parse(Buffer.from(bytes).toString()) as { payload: string }
    const manifest = JSON.parse(envelope.payload) as Manifest
    if (manifest.scope === scope) return { name, manifest }
  }
  throw new Error(`no manifest of ${scope}`)
}

test('poisoned pull request (CVE-2025-36852): what it writes never reaches the branch', async () => {
  const remote = memoryRemote()
  // same key, same inputs, other bytes: what a pull request's own plugin code can make up
  const evil = { 'App.vue': 'stealTokens()' }
  const good = { 'App.vue': 'render()' }
  const pull = await jobMachine(remote, { ...job('pull_request'), ...signing }).build(evil)
  expect(pull.notes).toMatchObject({ pushedPacks: 1, scope: 'pr:12' })

  const main = await jobMachine(remote, { ...job('push'), ...signing }).build(good)
  expect(main.values).toEqual(good)
  const other = await jobMachine(remote, {
    ...job('pull_request', { number: 13 }),
    ...signing,
  }).build(good)
  expect(other.values).toEqual(good)
  // and the option of a config, which is part of the pull request, can't send it there
  const asked = jobMachine(remote, { ...job('pull_request'), ...signing }, { scope: 'main' })
  expect((await asked.build({ 'B.vue': 'evil' })).notes.scope).toBe('pr:12')
  expect(manifestOf(remote, 'main').manifest.packs).toHaveLength(1)
})

describe('fork reaching a release job (CVE-2026-45321)', () => {
  test.each([
    ['a pull request of a fork', job('pull_request', { fork: true })],
    [
      'pull_request_target, which has the name of the branch and its secrets',
      job('pull_request_target', { fork: true }),
    ],
    ['workflow_run, after one', job('workflow_run')],
    ['issue_comment', job('issue_comment')],
  ])('%s writes nothing, though it has the key', async (_, env) => {
    const remote = memoryRemote()
    const release = jobMachine(remote, { ...job('push'), ...signing })
    await release.build(calls('a', 3))
    const before = snapshot(remote)
    const fork = jobMachine(remote, { ...env, ...signing }, { write: true, scope: 'main' })
    const { notes, reused } = await fork.build({ ...calls('a', 3), evil: 'evil' })
    expect(snapshot(remote)).toEqual(before)
    expect(notes.readonly).toMatch(/fork/)
    // it is served all the same
    expect(reused).toHaveLength(3)
    expect(
      (await jobMachine(remote, { ...job('push'), ...signing }).build({ evil: 'good' })).values,
    ).toEqual({ evil: 'good' })
  })

  test('a CI without the key writes nothing, and a config can not change that', async () => {
    const remote = memoryRemote()
    const { notes } = await jobMachine(remote, job('push'), { write: true }).build(calls('a', 3))
    expect(remote.values.size).toBe(0)
    expect(notes.readonly).toMatch(/no REMEMBER_SIGNING_KEY/)
  })
})

describe('replayed and swapped manifest', () => {
  test('an old manifest in the place of a newer one is refused, and the next build heals it', async () => {
    const remote = memoryRemote()
    let now = Date.now()
    const options = { now: () => now }
    const ci = jobMachine(remote, { ...job('push'), ...signing }, options)
    await ci.build({ a: 'old' })
    const old = snapshot(remote).filter(([name]) => name.startsWith('manifests'))
    now += 60 * 60 * 1000
    await ci.build({ b: 'new' })
    const reader = machine({ remote, env: { ...trusting }, ...options })
    expect((await reader.build({ b: 'new' })).reused).toEqual(['b'])
    for (const [name, bytes] of old) remote.values.set(name, bytes)

    const replayed = await reader.build({ c: 'x' })
    expect(replayed.notes.problem).toMatch(/main: an older manifest than one that was there before/)
    expect(replayed.notes.pulledPacks).toBe(0)
    now += 60 * 60 * 1000
    await ci.build({ d: 'newest' })
    const healed = await machine({ remote, env: { ...trusting }, ...options }, reader.dir).build({
      d: 'newest',
    })
    expect(healed).toMatchObject({ reused: ['d'] })
    expect(healed.notes.problem).toBeUndefined()
  })

  test('the signed manifest of another scope or project is not taken for this one', async () => {
    const remote = memoryRemote()
    await jobMachine(remote, { ...job('pull_request'), ...signing }).build({ a: 'evil' })
    const { name, manifest } = manifestOf(remote, 'pr:12')
    const place = `manifests/${manifestName({ family: manifest.family, scope: 'main' })}`
    remote.values.set(place, remote.values.get(name)!)
    const { notes, values } = await jobMachine(remote, { ...job('push'), ...trusting }).build({
      a: 'good',
    })
    expect(notes.problem).toMatch(/main: the manifest of another scope in its place/)
    expect(values).toEqual({ a: 'good' })

    const other = buildManifest(
      { ...manifest, family: 'other', scope: 'main' },
      parseSigningKey(key.signing, 'x'),
    )
    remote.values.set(place, other)
    const again = await jobMachine(remote, { ...job('push'), ...trusting }).build({ a: 'good' })
    expect(again.notes.problem).toMatch(/another scope/)
  })

  test('a manifest from the future is refused, and does not lock out those that follow', async () => {
    const remote = memoryRemote()
    const fast = { now: () => Date.now() + 48 * 60 * 60 * 1000 }
    await jobMachine(remote, { ...job('push'), ...signing }, fast).build({ a: 'x' })
    const reader = machine({ remote, env: trusting })
    expect((await reader.build({ a: 'x' })).notes.problem).toMatch(/from the future/)
    // somebody whose clock was wrong too has seen it
    const misled = machine({ remote, env: trusting })
    await misled.build({ a: 'x' }, fast)
    await jobMachine(remote, { ...job('push'), ...signing }).build({ b: 'x' })
    expect((await reader.build({ b: 'x' })).reused).toEqual(['b'])
    expect((await misled.build({ b: 'x' })).reused).toEqual(['b'])
  })
})

describe('hostile server', () => {
  async function filled(): Promise<MemoryRemote> {
    const remote = memoryRemote()
    await jobMachine(remote, { ...job('push'), ...signing }).build(calls('a', 4))
    return remote
  }

  test.each<[string, (remote: MemoryRemote) => void]>([
    [
      'other bytes for content',
      (remote) => replace(remote, 'content', Buffer.from('nothing of it')),
    ],
    ['more bytes than promised', (remote) => replace(remote, 'content', Buffer.alloc(5_000_000))],
    ['no bytes', (remote) => replace(remote, 'content', Buffer.alloc(0))],
    ['a manifest of its own', (remote) => replace(remote, 'manifests', forged(remote, undefined))],
    [
      'a manifest signed by another key of that name',
      (remote) => replace(remote, 'manifests', forged(remote, attackersKey.signing)),
    ],
    ['a page of HTML', (remote) => replace(remote, 'manifests', Buffer.from('<html></html>'))],
    [
      'a manifest of megabytes',
      (remote) => replace(remote, 'manifests', Buffer.alloc(5_000_000, '[')),
    ],
  ])('%s: nothing is used or kept, and the build is right', async (_, change) => {
    const remote = await filled()
    change(remote)
    const there = machine({ remote, env: { ...trusting } })
    const { notes, values, reused } = await there.build(calls('b', 2))
    expect(values).toEqual(calls('b', 2))
    expect(reused).toEqual([])
    expect(notes.pulledPacks).toBe(0)
    expect(notes.problem).toBeDefined()
    expect((await there.build(calls('a', 4))).reused).toEqual([])
  })

  test('one that throws, answers what is no data, or never: the build goes on', async () => {
    const remotes = [
      {
        get: () => {
          throw new Error('boom')
        },
        put: () => {},
        has: () => true,
      },
      { get: () => 'text', put: () => {}, has: () => true },
      { get: () => new Promise(() => {}), put: () => {}, has: () => true },
    ]
    for (const remote of remotes) {
      const { notes, values } = await machine({ remote: remote as never, timeout: 200 }).build({
        a: '1',
      })
      expect(values).toEqual({ a: '1' })
      expect(notes.problem).toBeDefined()
    }
  })
})

test('tampered pack: one that a signed manifest lists is looked at all the same', async () => {
  const remote = memoryRemote()
  await jobMachine(remote, { ...job('push'), ...signing }).build({ a: 'x' })
  const { name, manifest } = manifestOf(remote, 'main')
  // somebody has the key, or made a mistake with it: the pack itself is no pack
  const bytes = Buffer.from('REMEMBER'.repeat(40))
  const content = { sha256: sha256(bytes), size: bytes.length, encoding: 'none' as const }
  const packs = [{ sha256: content.sha256, size: bytes.length, content }]
  remote.values.set(`content/${content.sha256}`, bytes)
  remote.values.set(name, buildManifest({ ...manifest, packs }, parseSigningKey(key.signing, 'x')))
  const there = machine({ remote, env: { ...trusting } })
  const { notes, values } = await there.build({ a: 'good' })
  expect(notes.problem).toMatch(/pack [0-9a-f]{8} of main refused: no pack of this version/)
  expect(values).toEqual({ a: 'good' })
  expect(readdirSync(path.join(there.dir, 'quarantine'))).toEqual([])
})

test('decompression bomb: refused at the size that the manifest says', async () => {
  const remote = memoryRemote()
  await machine({ remote, env: { REMEMBER_SCOPE: 'main' } }).build({ a: 'x' })
  const { name, manifest } = manifestOf(remote, 'main')
  const bomb = brotliCompressSync(Buffer.alloc(30_000_000))
  const content = { sha256: sha256(bomb), size: bomb.length, encoding: 'br' as const }
  remote.values.set(`content/${content.sha256}`, bomb)
  const packs = [{ sha256: 'a'.repeat(64), size: 5000, content }]
  remote.values.set(name, buildManifest({ ...manifest, packs }, undefined))
  const { notes } = await machine({ remote }).build({ a: 'x' })
  expect(notes.problem).toMatch(/unpacks to more than the manifest says/)
})

describe('path traversal in names (CVE-2026-71476)', () => {
  test.each([
    '../../../../tmp/evil',
    `${'../'.repeat(21)}x`,
    'C:\\Windows\\evil',
    '/etc/passwd',
    `${'a'.repeat(63)}/`,
    `${'a'.repeat(64)}\u0000.js`,
  ])('%s in a manifest names nothing', async (evil) => {
    const remote = memoryRemote()
    await machine({ remote, env: { REMEMBER_SCOPE: 'main' } }).build({ a: 'x' })
    const { name, manifest } = manifestOf(remote, 'main')
    const [pack] = manifest.packs
    for (const packs of [
      [{ ...pack!, sha256: evil }],
      [{ ...pack!, content: { ...pack!.content, sha256: evil } }],
    ]) {
      remote.values.set(name, buildManifest({ ...manifest, packs }, undefined))
      remote.take()
      const there = machine({ remote })
      const { notes } = await there.build({ a: 'y' }, { write: false })
      expect(notes.problem).toMatch(/a manifest of another form/)
      expect(remote.take().every((each) => /^get manifests\/[0-9a-f]{64}$/.test(each))).toBe(true)
      for (const file of readdirSync(there.dir, { recursive: true })) {
        expect(String(file)).not.toMatch(/evil|passwd/)
      }
    }
  })

  test.each(['../main', '/etc', 'a/../../b', 'C:\\x', 'main\\..\\..'])(
    'a scope called %s is a digest for remotes and on disk',
    async (scope) => {
      const remote = memoryRemote()
      const there = machine({ remote, env: { REMEMBER_SCOPE: scope } })
      await there.build({ a: 'x' })
      for (const name of remote.values.keys())
        expect(name).toMatch(/^(content|manifests)\/[0-9a-f]{64}$/)
      const share = path.join(there.dir, 'share')
      for (const file of readdirSync(share, { recursive: true })) {
        expect(path.basename(String(file))).toMatch(/^(?:[0-9a-f]{16}|[0-9a-f]{64}|packs|times)$/)
      }
    },
  )
})

test('unsafe decoding (CVE-2026-53914): what comes is data, whatever it looks like', async () => {
  const remote = memoryRemote()
  const value = JSON.parse(
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "toString": "x", "then": "y"}',
  ) as unknown
  await machine({ remote }).build({ a: { value } })
  const { values } = await machine({ remote }).build({ a: { value: 'other' } })
  expect(values['a']).toEqual(value)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(Object.getPrototypeOf(values['a'])).toBe(Object.prototype)
  // nowhere on the way is text run
  for (const file of ['src/share', 'src/engine', 'src/store']) {
    for (const name of readdirSync(file, { recursive: true })) {
      if (!String(name).endsWith('.ts')) continue
      const text = readFileSync(path.join(file, String(name)), 'utf8')
      expect(text, String(name)).not.toMatch(/\beval\(|new Function\(|node:vm|v8'|\bdeserialize\(/)
    }
  }
})

test('open-by-default server: what nobody signed is not read where a key is trusted', async () => {
  const remote = memoryRemote()
  await machine({ remote, env: { REMEMBER_SCOPE: 'main' } }).build({ a: 'evil' })
  const { notes, values } = await machine({ remote, env: { ...trusting } }).build({ a: 'good' })
  expect(values).toEqual({ a: 'good' })
  expect(notes).toMatchObject({ pulledPacks: 0, problem: 'main: a manifest that nobody signed' })
  // and what is not believed is not signed over to others
  const ci = await jobMachine(remote, { ...job('push'), ...signing }).build({ b: 'x' })
  expect(ci.notes.pushedPacks).toBe(1)
  expect(manifestOf(remote, 'main').manifest.packs).toHaveLength(1)
  expect((await machine({ remote, env: { ...trusting } }).build({ a: 'good' })).values).toEqual({
    a: 'good',
  })
})

describe('stale or rotated key', () => {
  const next = generateKey('ci-next')
  const both = { REMEMBER_TRUSTED_KEYS: `${key.trusted},${next.trusted}` }

  test('while both are trusted both are read, afterwards the old one is not', async () => {
    const remote = memoryRemote()
    await jobMachine(remote, { ...job('push'), ...signing }).build({ a: 'x' })
    expect((await machine({ remote, env: both }).build({ a: 'x' })).reused).toEqual(['a'])
    const env = { REMEMBER_TRUSTED_KEYS: next.trusted }
    const { reused, notes } = await machine({ remote, env }).build({ a: 'x' })
    expect(reused).toEqual([])
    expect(notes.problem).toMatch(/no trusted key signed \(ci\)/)
  })

  test('a job that has only the old key writes nothing that nobody would read', async () => {
    const remote = memoryRemote()
    const fresh = { ...job('push'), ...both, REMEMBER_SIGNING_KEY: next.signing }
    await jobMachine(remote, fresh).build({ a: 'x' })
    const before = snapshot(remote)
    const stale = { ...job('push'), ...signing, REMEMBER_TRUSTED_KEYS: next.trusted }
    const { notes } = await jobMachine(remote, stale).build({ b: 'x' })
    expect(notes.readonly).toMatch(/signing key ci is not among the trusted keys/)
    expect(snapshot(remote)).toEqual(before)
  })
})

function replace(remote: MemoryRemote, kind: string, bytes: Buffer): void {
  for (const name of remote.values.keys()) {
    if (name.startsWith(kind)) remote.values.set(name, bytes)
  }
}

function forged(remote: MemoryRemote, signingText: string | undefined): Buffer {
  const { manifest } = manifestOf(remote, 'main')
  return buildManifest(manifest, signingText ? parseSigningKey(signingText, 'x') : undefined)
}
