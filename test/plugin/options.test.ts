import { expect, test } from 'vitest'
import { resolveOptions } from '../../src/plugin/options.ts'

test('ignore: paths by plugin name, one or more', () => {
  const ignore = { one: 'options.a', two: ['b', 'c'], '*': ['@build.config.define'] }
  expect(resolveOptions({ ignore }, {}).ignore).toEqual({
    one: ['options.a'],
    two: ['b', 'c'],
    '*': ['@build.config.define'],
  })
  expect(resolveOptions({}, {}).ignore).toEqual({})
})

test.each<[unknown, RegExp]>([
  [['options.a'], /option `ignore` is \[ 'options\.a' \]\. Allowed: an object such as/],
  ['options.a', /option `ignore` is 'options\.a'\. Allowed: an object such as/],
  [null, /option `ignore` is null\. Allowed: an object such as/],
  [{ one: 7 }, /option `ignore\["one"\]` is 7\. Allowed: an array of non-empty strings/],
  [{ one: [''] }, /option `ignore\["one"\]` is \[ '' \]\. Allowed: an array of non-empty strings/],
  [{ one: undefined }, /option `ignore\["one"\]` is null\. Allowed: an array/],
])('ignore: %j is refused by name', (ignore, message) => {
  expect(() => resolveOptions({ ignore: ignore as never }, {})).toThrow(message)
})
