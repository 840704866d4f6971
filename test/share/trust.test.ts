import { describe, expect, test } from 'vitest'
import { generateKey, parseSigningKey, parseTrustedKeys } from '../../src/share/keys.ts'
import { resolveShare, type ShareOptions } from '../../src/share/options.ts'
import { resolveTrust, rightToWrite, type Right } from '../../src/share/trust.ts'
import type { Env } from '../../src/share/scopes.ts'

const [a, b, c] = ['a', 'b', 'c'].map(generateKey) as [Key, Key, Key]
type Key = ReturnType<typeof generateKey>

describe('keys', () => {
  test('a key that was printed is read again, and nothing else is', () => {
    expect(parseTrustedKeys([`${a.trusted}, ${b.trusted}\n${c.trusted}`], 'x')).toHaveLength(3)
    expect(parseSigningKey(a.signing, 'x').trusted.text).toBe(a.trusted.slice(2))
    for (const wrong of [
      'a',
      'a:',
      'a:AAAA',
      `${a.trusted}=`,
      `a b:${a.trusted.slice(2)}`,
      `a:${a.trusted}`,
    ]) {
      expect(() => parseTrustedKeys([wrong], 'here'), wrong).toThrow(/here must be/)
    }
  })

  test('a private key is not taken for a public one, and never shown', () => {
    const errors = [
      () => parseTrustedKeys([a.signing], 'option `share.trustedKeys`'),
      () => parseSigningKey(`${a.signing}x`, 'environment variable REMEMBER_SIGNING_KEY'),
      () => parseSigningKey(a.signing.replace('private-', ''), 'x'),
    ].map(messageOf)
    expect(errors[0]).toMatch(/holds a private key/)
    expect(errors[1]).toMatch(/REMEMBER_SIGNING_KEY must be/)
    for (const text of errors.slice(0, 2)) expect(text).not.toContain(a.signing.slice(10, 30))
  })
})

// the environment decides; a config can take away and nothing else
describe('whom a build believes', () => {
  const named = (env: Env, given?: readonly string[]): string[] | undefined =>
    resolveTrust(env, given)?.keys?.map(({ name }) => name)
  const both = `${a.trusted},${b.trusted}`

  test.each<[string, Env, string[] | undefined, string[] | undefined]>([
    ['nothing said: everybody', {}, undefined, undefined],
    ['the config alone', {}, [a.trusted], ['a']],
    ['the environment alone', { REMEMBER_TRUSTED_KEYS: both }, undefined, ['a', 'b']],
    ['a config that narrows', { REMEMBER_TRUSTED_KEYS: both }, [b.trusted], ['b']],
    [
      'a config that would widen',
      { REMEMBER_TRUSTED_KEYS: a.trusted },
      [a.trusted, c.trusted],
      ['a'],
    ],
    [
      'a config with another key of that name',
      { REMEMBER_TRUSTED_KEYS: a.trusted },
      [`a:${c.trusted.slice(2)}`],
      [],
    ],
    ['a config without keys', { REMEMBER_TRUSTED_KEYS: a.trusted }, [], []],
    ['a variable that is empty', { REMEMBER_TRUSTED_KEYS: '' }, [a.trusted], []],
    ['a signing key alone', { REMEMBER_SIGNING_KEY: a.signing }, undefined, ['a']],
    ['a signing key that is empty', { REMEMBER_SIGNING_KEY: '' }, undefined, undefined],
    [
      'a signing key beside others',
      { REMEMBER_SIGNING_KEY: a.signing, REMEMBER_TRUSTED_KEYS: both },
      undefined,
      ['a', 'b'],
    ],
  ])('%s', (_, env, given, keys) => expect(named(env, given)).toEqual(keys))
})

describe('who may write', () => {
  const right = (
    env: Env,
    {
      isCi = false,
      untrusted,
      given,
      keys,
    }: { isCi?: boolean; untrusted?: string; given?: boolean; keys?: string[] } = {},
  ): Right => rightToWrite(resolveTrust(env, keys), { isCi, untrusted }, given)

  test.each<[string, Right['write'], Parameters<typeof right>]>([
    ['a person, unsigned', true, [{}]],
    ['a person, where keys are asked for', false, [{}, { keys: [a.trusted] }]],
    ['a CI without a key', false, [{}, { isCi: true }]],
    ['a CI without a key whose config says write', false, [{}, { isCi: true, given: true }]],
    ['a CI with a key', true, [{ REMEMBER_SIGNING_KEY: a.signing }, { isCi: true }]],
    [
      'a CI with a key, whose config says no',
      false,
      [{ REMEMBER_SIGNING_KEY: a.signing }, { isCi: true, given: false }],
    ],
    [
      'a fork with a key',
      false,
      [{ REMEMBER_SIGNING_KEY: a.signing }, { isCi: true, untrusted: 'a fork' }],
    ],
    [
      'a fork whose config says write',
      false,
      [{ REMEMBER_SIGNING_KEY: a.signing }, { isCi: true, untrusted: 'a fork', given: true }],
    ],
    [
      'a key that nobody trusts any more',
      false,
      [{ REMEMBER_SIGNING_KEY: a.signing, REMEMBER_TRUSTED_KEYS: b.trusted }, { isCi: true }],
    ],
    [
      'a key that the config does not trust',
      false,
      [{ REMEMBER_SIGNING_KEY: a.signing }, { isCi: true, keys: [b.trusted] }],
    ],
  ])('%s: %s', (_, write, given) => expect(right(...given).write).toBe(write))
})

describe('the option', () => {
  const resolve = (given: unknown, env: Env = {}) => resolveShare(given as ShareOptions, env)

  test('one line is enough, the environment wins, and nothing is shared by itself', () => {
    expect(resolve(undefined)).toBeUndefined()
    expect(resolve({ write: false })).toBeUndefined()
    expect(resolve('https://a.example/x')).toMatchObject({
      remote: 'https://a.example/x',
      timeout: 2000,
    })
    expect(resolve('https://a.example', { REMEMBER_REMOTE: 'https://b.example' })?.remote).toBe(
      'https://b.example',
    )
    expect(resolve(undefined, { REMEMBER_REMOTE: 'https://b.example' })?.remote).toBe(
      'https://b.example',
    )
    expect(resolve('https://a.example', { REMEMBER_REMOTE: 'off' })).toBeUndefined()
  })

  test('what is wrong is named, and what came is not shown', () => {
    expect(() => resolve(3)).toThrow(/`share` is not of its form.*not a number/)
    expect(() => resolve('cache.example.com')).toThrow(/`share\.remote`/)
    expect(() => resolve({ remote: 'https://a.example', scop: 'x' })).toThrow(
      /`share\.scop`.*one of remote, scope/,
    )
    expect(() => resolve({ timeout: -1 })).toThrow(/`share\.timeout`/)
    expect(() => resolve({ write: 'yes' })).toThrow(/`share\.write`/)
    expect(() => resolve({ trustedKeys: [1] })).toThrow(/`share\.trustedKeys`/)
  })

  test('a private key in a config is refused, wherever it stands', () => {
    for (const given of [
      { signingKey: a.signing },
      { privateKey: a.signing },
      { trustedKeys: [a.signing] },
      { trustedKeys: `${a.trusted},${b.signing}` },
    ]) {
      const text = messageOf(() => resolve(given))
      expect(text).toMatch(/private key/)
      expect(text).not.toContain(a.signing.slice(-20))
    }
  })
})

function messageOf(run: () => unknown): string {
  try {
    run()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
