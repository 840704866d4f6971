import fs from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { build, hosts, project, statsOf, storeOf, write, type Host } from '../plugin/harness.ts'
import { readBuilds } from '../../src/engine/index.ts'
import type { BuildNotes } from '../../src/plugin/index.ts'
import type { Options } from '../../src/vite.ts'
import { leaveCi, memoryRemote, type MemoryRemote } from './support.ts'

// One after the other: what a plugin without a policy reads is an input of its later calls, too.
const files = {
  'package.json': '{ "name": "shared-app" }',
  'main.js': `import './one.js'\n`,
  'one.js': `import './two.js'\nconsole.log(1)\n`,
  'two.js': 'console.log(2)\n',
}

function shout(apiKey = 'k'): Record<string, unknown> {
  return {
    name: 'shout',
    transform(this: unknown, code: string, id: string) {
      if (id.endsWith('two.js')) void process.env['MY_SECRET_TOKEN']
      return { code: `${code};console.log('shout', ${apiKey.length})\n`, map: null }
    },
  }
}

async function buildAt(
  root: string,
  host: Host,
  share: Options['share'],
  more: Options = {},
): Promise<BuildNotes> {
  const built = await build({
    host,
    root,
    plugins: () => [shout()],
    remember: { include: ['shout'], ...(share !== undefined && { share }), ...more },
  })
  expect(Object.values(built.files).join('')).toMatch(/"?'?shout'?"?, 1/)
  const [record] = await readBuilds(storeOf(root), 1)
  return record!.notes as unknown as BuildNotes
}

async function hitsOf(root: string): Promise<number> {
  return (await statsOf(root)).plugins.reduce((sum, { hits }) => sum + hits, 0)
}

describe.each(hosts)('%s', (host) => {
  test('a build brings what it made, and another machine begins with it', async () => {
    leaveCi()
    const remote = memoryRemote()
    const share = { remote, timeout: 60_000 }
    const first = project(files)
    expect((await buildAt(first, host, share)).share).toMatchObject({ pushedPacks: 1 })
    // a plugin of a test is bound to its root: the same one, and an empty store
    fs.rmSync(storeOf(first), { recursive: true })
    const again = await buildAt(first, host, share)
    expect(again.share).toMatchObject({ pulledPacks: 1, pushedPacks: 0, scope: ':local' })
    expect(await hitsOf(first)).toBeGreaterThan(1)
  })
})

describe('modes', () => {
  const run = async (
    more: Options,
    filled = true,
  ): Promise<{ remote: MemoryRemote; asked: string[]; notes: BuildNotes; root: string }> => {
    leaveCi()
    const remote = memoryRemote()
    const root = project(files)
    if (filled) await buildAt(root, 'rollup', { remote })
    fs.rmSync(storeOf(root), { recursive: true, force: true })
    write(root, 'one.js', 'console.log("new")\n')
    remote.take()
    const notes = await buildAt(root, 'rollup', { remote }, more).catch(() => ({}) as BuildNotes)
    return { remote, asked: remote.take(), notes, root }
  }

  test('readonly takes and gives nothing', async () => {
    const { asked } = await run({ mode: 'readonly' })
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((each) => !each.startsWith('get'))).toEqual([])
  })

  test('off asks nothing', async () => {
    expect((await run({ mode: 'off' })).asked).toEqual([])
  })

  test('a remote that fails is a line, and the build is as without it', async () => {
    leaveCi()
    const remote = {
      get: () => Promise.reject(new Error('no way')),
      put: () => Promise.reject(new Error('no way')),
      has: () => Promise.reject(new Error('no way')),
    }
    const { share } = await buildAt(project(files), 'rollup', { remote })
    expect(share?.problem).toMatch(/no way/)
    const absent = await buildAt(project(files), 'rollup', 'http://127.0.0.1:9/')
    expect(absent.share?.problem).toMatch(/127\.0\.0\.1:9.*refused the connection/)
  })
})

describe('secrets', () => {
  test('are nowhere: not in the store, not in records, not in what travels', async () => {
    leaveCi()
    vi.stubEnv('MY_SECRET_TOKEN', 'value-of-the-variable')
    vi.stubEnv('REMEMBER_REMOTE_TOKEN', 'token-of-the-remote')
    onTestFinished(() => void vi.unstubAllEnvs())
    const remote = memoryRemote()
    const root = project(files)
    for (const apiKey of ['sk-live-number-1', 'sk-live-number-2', 'sk-live-number-3']) {
      await build({
        host: 'rollup',
        root,
        plugins: () => [shout(apiKey)],
        remember: {
          include: ['shout'],
          share: { remote },
          extra: { dbPassword: 'pw-of-the-user' },
        },
      })
    }
    const [record] = await readBuilds(storeOf(root), 1)
    const notes = record!.notes as unknown as BuildNotes
    // it is told that it changed, and not what it is
    expect(notes.unstable).toMatchObject([
      { path: 'apiKey', from: expect.stringMatching(/^secret [0-9a-f]{12}$/) },
    ])

    const all: string[] = []
    for (const entry of fs.readdirSync(storeOf(root), { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        all.push(fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    }
    let entries = 0
    for (const [name, bytes] of remote.values) {
      all.push(Buffer.from(bytes).toString('latin1'))
      if (!name.startsWith('content')) continue
      const content = Buffer.from(bytes)
      const pack =
        content.subarray(0, 8).toString() === 'REMEMBER' ? content : brotliDecompressSync(content)
      all.push(pack.toString('latin1'))
      entries += pack.readUInt32LE(pack.length - 24)
      // its digest could be guessed at
      expect(pack.toString('latin1')).not.toContain('MY_SECRET_TOKEN')
    }
    expect(entries).toBeGreaterThan(0)
    const text = all.join('\n')
    for (const secret of [
      'sk-live-number',
      'value-of-the-variable',
      'token-of-the-remote',
      'pw-of-the-user',
    ]) {
      expect(text, secret).not.toContain(secret)
    }
  })
})
