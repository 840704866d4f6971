import { expect, test } from 'vitest'
import { diffParts } from '../../src/fingerprint/index.ts'

const fn = (digest: string, captured: object = {}): object => ({
  $function: digest,
  $captured: captured,
})

test.each<[string, unknown, unknown, string[]]>([
  ['equal trees', { a: [1, { b: undefined }] }, { a: [1, { b: undefined }] }, []],
  [
    'a value',
    { o: { t: { w: 'condense' } } },
    { o: { t: { w: 'x' } } },
    ['o.t.w: "condense" → "x"'],
  ],
  ['a new label', { a: {} }, { a: { b: 1 } }, ['a.b: (none) → 1']],
  ['a lost label', { a: { b: null } }, { a: {} }, ['a.b: null → (none)']],
  ['a type', { a: 1 }, { a: '1' }, ['a: 1 → "1"']],
  ['a bigint', { a: 1n }, { a: 1 }, ['a: 1n → 1']],
  ['a regexp', { a: { $regexp: '/x/' } }, { a: { $regexp: '/y/' } }, ['a: /x/ → /y/']],
  ['a mark for a value', { a: { $known: 'vue/x.js' } }, { a: 1 }, ['a: known "vue/x.js" → 1']],
  ['code', { a: fn('aaaaaaaa') }, { a: fn('bbbbbbbb') }, ['a: function aaaaaa → function bbbbbb']],
  ['a captured value', { a: fn('a', { p: 1 }) }, { a: fn('a', { p: 2 }) }, ['a.p: 1 → 2']],
  ['an entry of a map', { a: { $map: { k: 1 } } }, { a: { $map: { k: 2 } } }, ['a.k: 1 → 2']],
  ['a label of the user', { a: { $$x: 1 } }, { a: { $$x: 2 } }, ['a.$x: 1 → 2']],
  ['an odd label', { a: { 'x-y z': 1 } }, { a: { 'x-y z': 2 } }, ['a["x-y z"]: 1 → 2']],
  ['an element', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, ['a[0].b: 1 → 2']],
  ['a longer list', { a: ['x', 'y'] }, { a: ['x', 'y', 'z'] }, ['a: (none) → "z"']],
  ['a package', { p: ['a@1', 'vue@1'] }, { p: ['a@1', 'vue@2'] }, ['p: "vue@1" → "vue@2"']],
  ['an order', { a: ['x', 'y'] }, { a: ['y', 'x'] }, ['a: ["x", "y"] → ["y", "x"]']],
])('%s', (_, before, after, expected) => {
  const told = diffParts(before, after).map(({ path, from, to }) => `${path}: ${from} → ${to}`)
  expect(told).toEqual(expected)
})

test('values come before code, and both before places that are the same as another', () => {
  const before = { a: { $same: 'c' }, b: fn('a'), c: 1 }
  const after = { a: { $same: 'd' }, b: fn('b'), c: 2 }
  expect(diffParts(before, after).map(({ path }) => path)).toEqual(['c', 'b', 'a'])
  expect(diffParts(before, after, 1)).toHaveLength(1)
})

test('long values are cut', () => {
  const [{ to = '' } = {}] = diffParts({}, { a: 'x'.repeat(500) })
  expect(to).toHaveLength(60)
})
