import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseSigningKey, parseTrustedKeys } from '../../src/share/keys.ts'
import { runNode, type RunResult } from '../support/runNode.ts'
import { tempDir } from '../support/temp.ts'
import { calls, machine } from './machine.ts'
import { httpRemote, noCi } from './support.ts'

// The commands as they are published, in processes of their own, against a real server.

const command = path.resolve(import.meta.dirname, '../../dist/cli.js')

function remember(
  dir: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  return runNode(command, {
    cwd: dir,
    args,
    env: { ...noCi, REMEMBER_TRUSTED_KEYS: undefined, REMEMBER_DIR: dir, NO_COLOR: '1', ...env },
  })
}

/** A store with some results in it, of a build that shared nothing. */
async function filledStore(): Promise<string> {
  const nowhere = { get: () => undefined, put: () => {}, has: () => false }
  const { dir } = machine({ remote: nowhere, write: false })
  await machine({ remote: nowhere, write: false }, dir).build(calls('a', 5))
  return dir
}

async function entriesIn(dir: string): Promise<number> {
  const { stdout } = await remember(dir, ['verify', '--json'])
  return (JSON.parse(stdout) as { entries: number }).entries
}

async function keys(): Promise<{ trusted: string; signing: string }> {
  const { stdout } = await remember(tempDir(), ['keygen', 'ci', '--json'])
  return JSON.parse(stdout) as { trusted: string; signing: string }
}

describe('push and pull', () => {
  test('bring all of a store to another one, and say so', async () => {
    const { url } = await httpRemote()
    const first = await filledStore()
    const pushed = await remember(first, ['push', '--remote', url, '--scope', 'main'])
    expect(pushed).toMatchObject({ code: 0 })
    expect(pushed.stdout).toMatch(
      /^5 entries to main of http:\/\/127\.0\.0\.1:\d+\/?, [\d.]+ \w+\.\n$/,
    )
    const again = await remember(first, ['push', '--scope', 'main', '--json'], {
      REMEMBER_REMOTE: url,
    })
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'nothing', entries: 0, faults: [] })

    const second = tempDir()
    const pulled = await remember(second, ['pull', '--remote', url])
    expect(pulled.stdout).toMatch(
      /^1 packs? from main with 5 new entries, [\d.]+ \w+ in \d requests\.\n$/,
    )
    expect(await entriesIn(second)).toBe(5)
    const nothing = await remember(second, ['pull', '--remote', url, '--json'])
    expect(JSON.parse(nothing.stdout)).toMatchObject({ packs: 0, scopes: [':local', 'main'] })
    await remember(second, ['clear'])
    const back = await remember(second, ['pull', '--remote', url, '--again', '--json'])
    expect(JSON.parse(back.stdout)).toMatchObject({ packs: 1, entries: 5 })
  })

  test('refuse what is not signed, and write nothing without a key in a CI', async () => {
    const { url, values } = await httpRemote()
    const { trusted, signing } = await keys()
    const first = await filledStore()
    const ci = { CI: 'true', REMEMBER_REMOTE: url, REMEMBER_SCOPE: 'main' }
    const without = await remember(first, ['push'], ci)
    expect(without).toMatchObject({ code: 1 })
    expect(without.stderr).toMatch(/Nothing may be written from here: no REMEMBER_SIGNING_KEY/)
    expect(values.size).toBe(0)

    await remember(first, ['push', '--remote', url, '--scope', 'main'])
    const reading = { REMEMBER_REMOTE: url, REMEMBER_TRUSTED_KEYS: trusted }
    const refused = await remember(tempDir(), ['pull'], reading)
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toMatch(/main: a manifest that nobody signed/)

    expect(await remember(first, ['push'], { ...ci, REMEMBER_SIGNING_KEY: signing })).toMatchObject(
      { code: 0 },
    )
    const taken = await remember(tempDir(), ['pull', '--json'], reading)
    expect(JSON.parse(taken.stdout)).toMatchObject({ packs: 1, entries: 5, faults: [] })
    expect([...values.values()].join('')).not.toContain(signing.slice(12, 30))
  })

  test('say what is missing or wrong', async () => {
    expect(await remember(tempDir(), ['pull'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/No remote is known.*--remote/),
    })
    const wrong = await remember(tempDir(), ['push', '--remote', 'gopher://x'])
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/gopher/) })
    const key = await remember(tempDir(), ['push', '--remote', 'https://x.example'], {
      REMEMBER_SIGNING_KEY: 'my-secret-text',
    })
    expect(key).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/REMEMBER_SIGNING_KEY must be/),
    })
    expect(key.stderr).not.toContain('my-secret-text')
    const down = await remember(tempDir(), ['pull', '--remote', 'http://127.0.0.1:9'])
    expect(down).toMatchObject({ code: 1, stderr: expect.stringMatching(/refused the connection/) })
  })
})

describe('keygen', () => {
  test('prints a pair that fits, anew each time, and says where to put it', async () => {
    const { trusted, signing } = await keys()
    expect(parseSigningKey(signing, 'x').trusted.text).toBe(
      parseTrustedKeys([trusted], 'x')[0]!.text,
    )
    expect(await keys()).not.toEqual({ trusted, signing })
    const { stdout } = await remember(tempDir(), ['keygen'])
    expect(stdout).toMatch(/^ {2}REMEMBER_TRUSTED_KEYS=key-\d{4}-\d\d-\d\d:[\w+/]{43}=$/m)
    expect(stdout).toMatch(/^ {2}REMEMBER_SIGNING_KEY=key-\d{4}-\d\d-\d\d:private-[\w+/]{43}=$/m)
    expect(await remember(tempDir(), ['keygen', 'a b'])).toMatchObject({ code: 2 })
  })
})
