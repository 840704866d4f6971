import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDecode, createEncode } from '../../src/engine/value/index.ts'
import { anyText, plainData } from '../key/plainData.ts'

/** The one error of the decoder. */
const badValue: unknown = expect.objectContaining({ name: 'BadValue' })

const encode = createEncode()
const decode = createDecode()

function bytesOf(value: unknown): Buffer {
  const encoded = encode(value)
  if ('uncloneable' in encoded) throw new Error(encoded.uncloneable)
  return encoded.bytes
}

function roundTrip(value: unknown): unknown {
  return decode(bytesOf(value))
}

function nested(depth: number): unknown {
  return depth === 0 ? 'x'.repeat(200) : { a: [nested(depth - 1)] }
}

/** Everything structured clone keeps, so that a wrong copy can't look right. */
function described(value: unknown): unknown {
  if (value instanceof Error) {
    const { cause, message, name, stack } = value
    const own = Object.getOwnPropertyNames(value).sort()
    return {
      message,
      name,
      stack,
      own,
      cause: described(cause),
      proto: Object.getPrototypeOf(value),
    }
  }
  return value
}

test('the examples in the format’s comment', () => {
  expect(bytesOf({ a: [1, 'x'] }).toString('latin1')).toBe('\x02\x12\0\0\0[{"a":[1,"x"]},[]]')
  expect(bytesOf({ a: [1n, 'x'] }).toString('hex')).toBe(
    '01' + '1201' + '080161' + '1002' + '0a080131' + '080178',
  )
})

describe('round trips agree with structured clone', () => {
  test('for any plain data', () => {
    fc.assert(
      fc.property(plainData, (value) => {
        expect(roundTrip(value)).toStrictEqual(structuredClone(value))
      }),
      { numRuns: 3000 },
    )
  })

  test('for any text and number', () => {
    fc.assert(
      fc.property(anyText, fc.double(), fc.bigInt(), (text, number, bigint) => {
        expect(roundTrip([text, number, bigint])).toStrictEqual([text, number, bigint])
      }),
      { numRuns: 3000 },
    )
  })

  const withLabels = Object.assign(['a'], { index: 3, input: 'abc' })
  const sparse: unknown[] = []
  sparse[2] = 'x'
  sparse.length = 5
  const far: unknown[] = []
  far[4_000_000_000] = 1

  test.each<[string, unknown]>([
    ['an array with holes', sparse],
    ['an array with labels', withLabels],
    ['an array with a far end', far],
    ['an array with a hole at its end', new Array(3)],
    [
      'integers around the limits',
      [2 ** 30 - 1, 2 ** 30, -(2 ** 30), -(2 ** 30) - 1, 2 ** 53, 2 ** 31],
    ],
    ['odd numbers', [-0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 0.1]],
    ['bigints', [0n, -1n, 2n ** 200n, -(2n ** 64n)]],
    ['dates', [new Date(0), new Date(8.64e15), new Date(Number.NaN)]],
    ['regexps', [/a\/b/giu, new RegExp(''), /\n/y]],
    ['boxed primitives', [Object(1), Object('x'), Object(false), Object(1n)]],
    ['labels like indexes, in their order', { b: 1, 2: 2, a: 3, 1: 4 }],
    ['an empty label', { '': { '': 1 } }],
    ['Map and Set of objects', new Map([[{ a: 1 }, new Set([{ b: 2 }])]])],
    ['undefined', undefined],
    ['null', null],
    ['long text', 'ü€😀'.repeat(5000)],
    [
      'long texts of each encoding, among undefined',
      {
        a: 'a'.repeat(500),
        b: [undefined, 'é'.repeat(300)],
        c: `\ud800${'c'.repeat(200)}`,
        d: undefined,
      },
    ],
    ['as deep as the stack of the plain form allows', nested(90)],
    ['deeper', nested(300)],
  ])('%s', (_name, value) => {
    expect(roundTrip(value)).toStrictEqual(structuredClone(value))
  })

  const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]).buffer
  test.each([
    new Int8Array(buffer),
    new Uint8Array(buffer, 3, 4),
    new Uint8ClampedArray(buffer),
    new Int16Array(buffer, 2),
    new Uint16Array(buffer),
    new Int32Array(buffer),
    new Uint32Array(buffer),
    new Float32Array(buffer),
    new Float64Array(buffer),
    new BigInt64Array(buffer),
    new BigUint64Array(buffer),
  ])('$constructor.name', (view) => {
    expect(roundTrip(view)).toStrictEqual(structuredClone(view))
  })

  test('buffers and DataView', () => {
    expect(new Uint8Array(roundTrip(buffer) as ArrayBuffer)).toEqual(new Uint8Array(buffer))
    const view = roundTrip(new DataView(buffer, 4, 2)) as DataView
    expect(view).toBeInstanceOf(DataView)
    expect([view.byteLength, view.getUint8(0), view.getUint8(1)]).toEqual([2, 5, 6])
  })

  test('a Buffer becomes a Uint8Array of its own bytes, not of the pool it lies in', () => {
    const copy = roundTrip(Buffer.from('abc')) as Uint8Array
    expect(copy).toStrictEqual(new Uint8Array([97, 98, 99]))
    expect(copy.buffer.byteLength).toBe(3)
  })

  test.each([
    new Error('x'),
    new Error(),
    new TypeError('x', { cause: new RangeError('inner', { cause: { a: 1 } }) }),
    new AggregateError([new Error('y')], 'x'),
    Object.assign(new Error('x'), { name: 'Custom' }),
    Object.assign(new Error('x'), { name: 'SyntaxError', extra: 1 }),
    Object.assign(new Error('x'), { cause: undefined }),
  ])('error %#', (error) => {
    expect(described(roundTrip(error))).toStrictEqual(described(structuredClone(error)))
  })

  test('class instances and null-prototype objects become plain', () => {
    class Point {
      x = 1
      #hidden = 2
      get sum() {
        return this.x + this.#hidden
      }
    }
    const value = [new Point(), Object.assign(Object.create(null), { a: 1 })]
    expect(roundTrip(value)).toStrictEqual([{ x: 1 }, { a: 1 }])
    expect(roundTrip(value)).toStrictEqual(structuredClone(value))
  })

  test('cycles and shared references stay what they are', () => {
    const shared = { date: new Date(1), bytes: new Uint8Array(2) }
    const value: Record<string, unknown> = {
      a: shared,
      b: [shared],
      map: new Map(),
      box: Object('x'),
    }
    value.self = value
    ;(value.map as Map<unknown, unknown>).set(value.map, new Set([shared, value]))
    value.again = [value.box, shared.bytes]
    const copy = roundTrip(value) as {
      a: { bytes: Uint8Array }
      b: unknown[]
      map: Map<unknown, Set<unknown>>
      box: object
      self: unknown
      again: unknown[]
    }
    expect(copy.self).toBe(copy)
    expect(copy.b[0]).toBe(copy.a)
    expect([...copy.map.keys()]).toEqual([copy.map])
    expect([...(copy.map.get(copy.map) ?? [])]).toEqual([copy.a, copy])
    expect(copy.again[0]).toBe(copy.box)
    expect(copy.again[1]).toBe(copy.a.bytes)
  })

  test('a __proto__ label is data', () => {
    const copy = roundTrip(JSON.parse('{"__proto__":{"polluted":1},"a":2}')) as object
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(Object.keys(copy)).toEqual(['__proto__', 'a'])
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  })
})

describe('equal values give equal bytes', () => {
  test('however V8 holds them', () => {
    const smi = [1, 2, 3]
    const doubles = [1.5, 2, 3]
    doubles[0] = 1
    const mixed: unknown[] = ['x', 2, 3]
    mixed[0] = 1
    const holey = new Array<number>(3).fill(0).map((_, i) => i + 1)
    for (const list of [doubles, mixed, holey]) expect(bytesOf(list)).toEqual(bytesOf(smi))
    const dictionary: Record<string, number> = { gone: 0, a: 1, b: 2 }
    delete dictionary.gone
    expect(bytesOf(dictionary)).toEqual(bytesOf({ a: 1, b: 2 }))
    const wide = 'plain€'.slice(0, 5)
    expect(bytesOf(wide)).toEqual(bytesOf('plain'))
    expect(bytesOf(['pl', 'ain'].join(''))).toEqual(bytesOf('plain'))
    expect(bytesOf(new Float64Array([7])[0])).toEqual(bytesOf(7))
  })

  test('a copy has the bytes of the original, and different values different bytes', () => {
    fc.assert(
      fc.property(plainData, plainData, (a, b) => {
        const bytes = bytesOf(a)
        expect(bytesOf(decode(bytes))).toEqual(bytes)
        expect(bytesOf(structuredClone(a))).toEqual(bytes)
        if (bytes.equals(bytesOf(b))) expect(a).toStrictEqual(b)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('what can’t be cloned is named by its path', () => {
  let deep: unknown = 1
  for (let i = 0; i < 2000; i++) deep = [deep]
  const throwing = {
    get bad(): never {
      throw new Error('no')
    },
  }
  test.each<[unknown, string]>([
    [() => 1, 'value (a function)'],
    [{ a: [1, { run() {} }] }, 'value.a[1].run (a function)'],
    [{ s: Symbol('x') }, 'value.s (a symbol)'],
    [[Promise.resolve()], 'value[0] (a Promise)'],
    [{ w: new WeakMap() }, 'value.w (a WeakMap)'],
    [{ w: new WeakRef({}) }, 'value.w (a WeakRef)'],
    [{ p: new Proxy({}, {}) }, 'value.p (an object)'],
    [new Map([['a', () => 1]]), 'value.value(0) (a function)'],
    [new Map([[() => 1, 1]]), 'value.key(0) (a function)'],
    [new Set([Symbol('x')]), 'value.item(0) (a symbol)'],
    [{ i: new Map().entries() }, 'value.i (a Object)'],
    [{ e: new Error('x', { cause: () => 1 }) }, 'value.e.cause (a function)'],
    [{ b: new SharedArrayBuffer(1) }, 'value.b (a SharedArrayBuffer)'],
    [throwing, 'value.bad (Error: no)'],
    [Object(Symbol('x')), 'value (a symbol)'],
  ])('%#', (value, uncloneable) => {
    expect(encode(value)).toEqual({ uncloneable })
    expect(roundTrip({ after: 1 })).toEqual({ after: 1 })
  })

  test('what is nested too deep', () => {
    expect(encode(deep)).toEqual({
      uncloneable: expect.stringMatching(/^value\[0\].* \(nested too deep\)$/),
    })
  })
})

describe('bytes that are no value', () => {
  const sample = bytesOf({
    text: 'héllo',
    wide: '\ud800',
    list: [1, 2.5, -3, true, null, undefined, 10n ** 20n],
    map: new Map([['a', new Set([1])]]),
    when: new Date(1),
    re: /x/g,
    bytes: new Uint16Array([1, 2]),
    error: new TypeError('x', { cause: 1 }),
    box: Object('y'),
    sparse: new Array(2),
  })

  test('every truncation is refused', () => {
    for (let length = 0; length < sample.length; length++) {
      expect(() => decode(sample.subarray(0, length))).toThrow(badValue)
    }
  })

  test('flipped bits give a value or the one error', () => {
    for (let at = 0; at < sample.length; at++) {
      for (const bit of [0, 3, 7]) {
        const bytes = Buffer.from(sample)
        bytes[at] = (bytes[at] as number) ^ (1 << bit)
        try {
          decode(bytes)
        } catch (error) {
          expect(error).toEqual(badValue)
        }
      }
    }
    expect(decode(sample)).toBeTypeOf('object')
  })

  test('any bytes give a value or the one error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decode(Buffer.from([1, ...bytes]))
        } catch (error) {
          expect(error).toEqual(badValue)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('lengths are not believed', () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0x0f]
    const before = process.memoryUsage().rss
    for (const tag of [8, 9, 16, 18, 19, 20, 23]) {
      expect(() => decode(Buffer.from([1, tag, ...huge]))).toThrow(badValue)
    }
    // A sparse array of four thousand million items is one number.
    expect(decode(Buffer.from([1, 17, ...huge, 0]))).toHaveLength(2 ** 32 - 1)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('a path that leads into a prototype', () => {
    for (const path of ['[0,"__proto__","x"]', '[0,"constructor","x"]', '[1,"x"]', '[]']) {
      const head = Buffer.from(`[{},[[${path},1,"utf8"]]]`)
      const bytes = Buffer.concat([Buffer.from([2, head.length, 0, 0, 0]), head, Buffer.from('y')])
      expect(() => decode(bytes)).toThrow(badValue)
    }
    expect('x' in {}).toBe(false)
  })

  test('nesting does not end the stack', () => {
    const lists = Buffer.alloc(200_000, 0)
    for (let i = 0; i < lists.length; i += 2) lists.set([16, 1], i)
    expect(() => decode(Buffer.concat([Buffer.from([1]), lists, Buffer.from([2])]))).toThrow(
      badValue,
    )
  })

  test('another version and what follows a value', () => {
    expect(() => decode(Buffer.from([2, 2]))).toThrow(badValue)
    expect(() => decode(Buffer.from([1, 2, 2]))).toThrow(badValue)
  })
})
