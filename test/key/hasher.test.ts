import { beforeAll, describe, expect, test } from 'vitest'
import { type Hasher, openHasher } from '../../src/key/index.ts'

let hasher: Hasher
beforeAll(async () => {
  hasher = await openHasher()
})

describe('keyOf', () => {
  const key = (material: object): string =>
    hasher.keyOf({ namespace: 'toc', parts: { source: 'x' }, ...material })

  test('an absent, undefined or empty extra leaves the key as it is', () => {
    expect(key({ extra: undefined })).toBe(key({}))
    expect(key({ extra: {} })).toBe(key({}))
  })

  test('namespace, parts and extra each join the key', () => {
    const keys = [
      key({}),
      key({ namespace: 'toc2' }),
      key({ parts: { source: 'y' } }),
      key({ parts: { source: 'x', locale: 'en' } }),
      key({ extra: { locale: 'en' } }),
      key({ extra: { locale: undefined } }),
      key({ extra: { locale: 'en', source: 'x' } }),
      key({ parts: {} }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('a part is no extra, and a value no key', () => {
    expect(key({ parts: {}, extra: { source: 'x' } })).not.toBe(key({}))
    expect(hasher.digestOf({ source: 'x' })).not.toBe(key({}))
  })

  test('the order of labels does not matter', () => {
    expect(key({ parts: { a: 1, b: 2 } })).toBe(key({ parts: { b: 2, a: 1 } }))
  })

  test('is pinned: a change of these digests needs a new key format', () => {
    expect(key({})).toMatchInlineSnapshot(`"0b0067f68b66a7f8bf41f6728a61a5fb"`)
    expect(key({ extra: { locale: 'en', level: [1, 2n, null] } })).toMatchInlineSnapshot(
      `"87a96180ddfe7e6adf9240a0fc01f690"`,
    )
  })

  test('names the offender', () => {
    expect(() => key({ extra: { theme: { now: () => 0 } } })).toThrow('`extra.theme.now`')
    expect(() => key({ parts: { list: [Symbol('x')] } })).toThrow('`parts.list[0]`')
  })

  test('a getter may ask for a key itself', () => {
    const parts = {
      get inner() {
        return key({ parts: { a: 'text long enough to be written over by the other one' } })
      },
      z: 1,
    }
    expect(key({ parts })).toBe(key({ parts: { ...parts } }))
  })
})

describe('digests', () => {
  test('are 32 hexadecimal digits, the first 16 being the read check', () => {
    const bytes = Buffer.from('hello')
    const digest = hasher.digestBytes(bytes)
    expect(digest).toMatch(/^[0-9a-f]{32}$/)
    expect(digest.slice(0, 16)).toBe(hasher.check64(bytes).toString(16).padStart(16, '0'))
    expect(digest.slice(16)).not.toBe(digest.slice(0, 16))
  })

  test('a text has the digest of its UTF-8, and lone surrogates do not collide', () => {
    expect(hasher.digestText('héllo €')).toBe(hasher.digestBytes(Buffer.from('héllo €')))
    const lone = ['\ud800', '\ud801', '\udc00', '\ufffd'].map((text) => hasher.digestText(text))
    expect(new Set(lone).size).toBe(4)
  })

  test('large bytes have the same digest as in one go', async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024 + 5)
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31) % 251
    const { default: xxhash } = await import('xxhash-wasm')
    const { h64Raw } = await xxhash()
    expect(hasher.check64(bytes)).toBe(h64Raw(bytes, 0x72656d656d626572n))
  })
})
