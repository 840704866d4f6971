import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEncoder } from '../../src/key/encoder.ts'
import { plainData, sameDataInAnotherOrder } from './plainData.ts'

const encoder = createEncoder()

function encoded(value: unknown): string {
  encoder.reset()
  encoder.value(value, 'value')
  return Buffer.from(encoder.bytes()).toString('hex')
}

test('the example in the format’s comment', () => {
  expect(encoded({ a: '1' })).toBe('6f01000000' + '730100000061' + '730100000031')
})

describe('different data give different bytes', () => {
  const values: Record<string, unknown> = {
    one: 1,
    'one as text': '1',
    'one as bigint': 1n,
    'one as boolean': true,
    'list of two': ['a', 'b'],
    'text with comma': 'a,b',
    'list of one': ['a,b'],
    'list in a list': [['a'], 'b'],
    'list in a list, cut elsewhere': [['a', 'b']],
    zero: 0,
    'minus zero': -0,
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    undefined: undefined,
    null: null,
    'empty text': '',
    'empty list': [],
    'list of undefined': [undefined],
    'list with a hole': new Array(1),
    'empty object': {},
    'object with undefined': { a: undefined },
    'object with null': { a: null },
    'empty Map': new Map(),
    'empty Set': new Set(),
    'Map of one': new Map([['a', 1]]),
    'object of one': { a: 1 },
    'Map with a number label': new Map([[1, 1]]),
    'object with a digit label': { 1: 1 },
    'Set of one': new Set(['a']),
    date: new Date(0),
    'invalid date': new Date(Number.NaN),
    regexp: /a/,
    'regexp with flag': /a/g,
    'empty bytes': new Uint8Array(),
    'empty buffer': new ArrayBuffer(0),
    'empty view': new DataView(new ArrayBuffer(0)),
    'two bytes': new Uint8Array([1, 0]),
    'the same bytes as one number': new Uint16Array([1]),
    'high surrogate': '\ud800',
    'other high surrogate': '\ud801',
    'low surrogate': '\udc00',
    'surrogates apart': ['\ud83d', '\ude00'],
    'surrogates together': '\ud83d\ude00',
    replacement: '\ufffd',
    'a proto label': JSON.parse('{"__proto__":1}'),
  }

  test('for each pair of a list of neighbours', () => {
    const byBytes = new Map<string, string>()
    for (const [name, value] of Object.entries(values)) {
      const bytes = encoded(value)
      expect(byBytes.get(bytes), name).toBe(undefined)
      byBytes.set(bytes, name)
    }
  })

  test('for any two values, and only for those', () => {
    fc.assert(
      fc.property(plainData, plainData, (a, b) => {
        expect(encoded(a) === encoded(b)).toBe(isDeepStrictEqual(a, b))
      }),
      { numRuns: 3000 },
    )
  })

  test('for any two lists of parts, however they are cut', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', ',', '\0', '"') }))
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(encoded(a) === encoded(b)).toBe(isDeepStrictEqual(a, b))
      }),
    )
  })
})

describe('equal data give equal bytes', () => {
  test('in whatever order labels, Map entries and Set items were added', () => {
    fc.assert(
      fc.property(plainData, fc.infiniteStream(fc.nat()), (value, choices) => {
        expect(encoded(sameDataInAnotherOrder(value, choices))).toBe(encoded(value))
      }),
      { numRuns: 2000 },
    )
  })

  test('for all ways to hold a text or number', () => {
    const rope = ['lo', 'ng text '].join('').repeat(20)
    expect(encoded(rope)).toBe(encoded(Buffer.from(rope).toString()))
    const wide = `${rope}€`.slice(0, -1)
    expect(encoded(wide)).toBe(encoded(rope))
    expect(encoded(new Float64Array([2])[0])).toBe(encoded(2))
    const otherNaN = new DataView(new Uint8Array([0x7f, 0xf8, 0, 0, 0, 0, 0, 1]).buffer).getFloat64(
      0,
    )
    expect(encoded(otherNaN)).toBe(encoded(Number.NaN))
  })

  test('for a Buffer and the bytes in it, wherever they lie', () => {
    const slab = Buffer.from('xabcx')
    expect(encoded(slab.subarray(1, 4))).toBe(encoded(new Uint8Array([97, 98, 99])))
  })

  test('for null-prototype objects', () => {
    expect(encoded(Object.assign(Object.create(null), { a: 1 }))).toBe(encoded({ a: 1 }))
  })

  test('for an object met twice', () => {
    const shared = { a: 1 }
    expect(encoded([shared, shared])).toBe(encoded([{ a: 1 }, { a: 1 }]))
  })
})

describe('what has no canonical form is refused with its path', () => {
  class Theme {}
  class MyMap extends Map {}
  const cycle: { inner: { back?: unknown } } = { inner: {} }
  cycle.inner.back = cycle
  let deep: unknown = 1
  for (let i = 0; i < 300; i++) deep = [deep]

  test.each<[string, unknown, string, string]>([
    ['a function', { theme: { now: () => 1 } }, 'NOT_PLAIN_DATA', 'value.theme.now'],
    ['a symbol', { list: [1, Symbol('x')] }, 'NOT_PLAIN_DATA', 'value.list[1]'],
    ['a class instance', { theme: new Theme() }, 'NOT_PLAIN_DATA', 'value.theme'],
    ['a subclass', { map: new MyMap() }, 'NOT_PLAIN_DATA', 'value.map'],
    ['a Promise', { p: Promise.resolve() }, 'NOT_PLAIN_DATA', 'value.p'],
    ['an Error', { e: new Error('x') }, 'NOT_PLAIN_DATA', 'value.e'],
    ['a symbol label', { o: { [Symbol('x')]: 1 } }, 'NOT_PLAIN_DATA', 'value.o'],
    ['inside a Map', new Map([['a', () => 1]]), 'NOT_PLAIN_DATA', 'value.value(0)'],
    ['inside a Set', new Set([Symbol('x')]), 'NOT_PLAIN_DATA', 'value.item(0)'],
    ['a cycle', cycle, 'CYCLIC_DATA', 'value.inner.back'],
    ['too deep', deep, 'TOO_DEEP', 'value[0][0]'],
  ])('%s', (_name, value, code, path) => {
    const error = expect.objectContaining({ code, message: expect.stringContaining(`\`${path}`) })
    expect(() => encoded(value)).toThrow(error)
  })

  test('and the encoder goes on after it', () => {
    expect(() => encoded({ a: { b: () => 1 } })).toThrow('value.a.b')
    expect(() => encoded({ c: () => 1 })).toThrow('`value.c`')
    expect(encoded({ a: '1' })).toBe('6f010000007301000000617301000000' + '31')
  })
})
