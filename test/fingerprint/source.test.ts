import { expect, test } from 'vitest'
import { blanked } from '../../src/fingerprint/blank.ts'
import { mentionsOf } from '../../src/fingerprint/source.ts'

test.each([
  ['() => options.x', 'options', true],
  ['() => options.x', 'option', false],
  ['() => `${options}`', 'options', true],
  ['() => $a', 'a', false],
  ['() => \\u03c0', 'π', true],
  ['() => eval(code)', 'anything', true],
])('%s mentions %s: %s', (source, name, expected) => {
  expect(mentionsOf(source).namesOf({ [name]: 1 }).length > 0).toBe(expected)
})

test.each([
  ['() => this.x', true],
  ['async (a) => this.x', true],
  ['x => `${this.x}`', true],
  ['() => { if (f(g(h))) { return this } }', true],
  ['() => { for (const a of b(c)) { this.x(a) } }', true],
  ['() => ({ a: () => { this.x } })', true],
  ['() => { const f = { m() {} }; return this }', true],
  ['function () { return this }', false],
  ['transform(code) { return () => this.x }', false],
  ['() => function () { return this }', false],
  ['() => ({ resolve(id) { return this.x }, async load() { return this } })', false],
  ['() => { class A extends B { x = this.y; m() { return this } } }', false],
  ['() => "this"', false],
  ['() => /this/', false],
  ['() => 1 // this', false],
  ['() => options.this', false],
])('%s captures this: %s', (source, expected) => {
  expect(mentionsOf(source).capturesThis).toBe(expected)
})

test.each([
  ['a // b\nc', 'a     \nc'],
  ['a /* b\n */ c', 'a     \n    c'],
  ["a = 'b//c'", "a = '    '"],
  ['a = `b ${c("d")} e`', 'a = `   {c(" ")}  `'],
  ['a = b / c / "d"', 'a = b / c / " "'],
  ['return /[/"]/g.test(a)', 'return /     g.test(a)'],
  ['`${ { a: `x` } }` + "y"', '` { { a: ` ` } }` + " "'],
])('blanks comments and literals of %j', (source, expected) => {
  const code = blanked(source, { literals: true })
  expect(code).toHaveLength(source.length)
  expect(code).toBe(expected)
})

test('keeps literals when only comments are to go', () => {
  expect(blanked("import a from 'b' // c", { literals: false })).toBe("import a from 'b'     ")
})
