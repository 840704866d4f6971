import { describe, expect, test } from 'vitest'
import { namedParts, RememberError } from '../../src/key/index.ts'

class Options {}

describe('namedParts', () => {
  test('passes plain objects as they are, and none as an empty one', () => {
    const parts = { locale: 'en' }
    expect(namedParts(parts, 'extra')).toBe(parts)
    expect(namedParts(undefined, 'extra')).toEqual({})
    const bare = Object.create(null)
    expect(namedParts(bare, 'extra')).toBe(bare)
  })

  test.each<[string, unknown]>([
    ['an array', ['en']],
    ['null', null],
    ['a string', 'en'],
    ['a number', 1],
    ['a boolean', true],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
    ['a function', () => 1],
    ['a Map', new Map()],
    ['a Date', new Date()],
    ['a Options', new Options()],
  ])('refuses %s with the one message', (got, value) => {
    const error = new RememberError(
      'NOT_NAMED_PARTS',
      `\`extra\` must be a plain object of labelled data, got ${got}. Write { locale: 'en' } instead of ['en'].`,
    )
    expect(() => namedParts(value, 'extra')).toThrow(error)
  })
})
