import { describe, expect, test } from 'vitest'
import { describeDifference, firstDifference } from '../../src/engine/index.ts'

const described = (from: unknown, to: unknown): string | undefined => {
  const found = firstDifference(from, to)
  return found && describeDifference(found)
}

describe('the first difference of two values', () => {
  test.each<[unknown, unknown, string]>([
    [
      { code: 'a\nbc\nd' },
      { code: 'a\nbX\nd' },
      'code at line 2 column 2: "a\\nbc\\nd" → "a\\nbX\\nd"',
    ],
    ['a', 'a\nb', 'at line 1 column 2: "a" → "a\\nb"'],
    ['a\n', 'a\nb', 'at line 2 column 1: "a\\n" → "a\\nb"'],
    [{ a: [1, { b: null }] }, { a: [1, { b: undefined }] }, 'a[1].b: null → undefined'],
    [{ a: [1, 'x'] }, { a: [1] }, 'a[1]: "x" missing'],
    [[], [{ b: 1 }], '[0]: { b: 1 } new'],
    [{ a: 1 }, { a: 1, map: null }, 'map: null new'],
    [{ a: 1, map: null }, { a: 1 }, 'map: null missing'],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, 'fields a, b → fields b, a'],
    [0, -0, '0 → -0'],
    [1, '1', '1 → "1"'],
    [{ a: 1 }, [1], '{ a: 1 } → [ 1 ]'],
    [new Uint8Array([1]), new Uint8Array([2]), 'Uint8Array(1) [ 1 ] → Uint8Array(1) [ 2 ]'],
    [new Map([[1, 2]]), new Map([[1, 3]]), 'Map(1) { 1 => 2 } → Map(1) { 1 => 3 }'],
  ])('%j and %j', (from, to, text) => {
    expect(described(from, to)).toBe(text)
  })

  test('is none where they are the same', () => {
    const value = { code: 'a', list: [NaN, { b: new Map([[1, new Date(0)]]) }], none: undefined }
    expect(described(value, structuredClone(value))).toBe(undefined)
  })

  test('is short, however long the values are', () => {
    const long = 'x'.repeat(5000)
    const text = described(`${long}a${long}`, `${long}b${long}`)
    expect(text).toBe(
      `at line 1 column 5001: …"${'x'.repeat(12)}a${'x'.repeat(35)}"… → …"${'x'.repeat(12)}b${'x'.repeat(35)}"…`,
    )
    expect(described([long], [])!.length).toBeLessThan(100)
    expect(described([Array.from({ length: 999 }, () => long)], [])!.length).toBeLessThan(120)
  })
})
