import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import * as namespace from 'node:path'
import { types } from 'node:util'
import { expect, test } from 'vitest'
import { walkParts } from '../../src/fingerprint/plugin.ts'
import { digest } from './digest.ts'
import { fingerprint, inspector, parts } from './support.ts'

/** A plugin as they are commonly written: options in a closure. */
function plugin(options: unknown): object {
  return { name: 'p', transform: (code: string) => [code, options] }
}

const optionsOf = (options: unknown): any => parts(plugin(options)).options

test('captured variables stand at the top under their own names', () => {
  expect(parts(plugin({ template: { whitespace: 'condense' } }))).toMatchObject({
    options: { template: { whitespace: 'condense' } },
    plugin: { name: 'p', transform: { $captured: ['options'] } },
  })
})

test('own properties, filters and hook objects are parts of the plugin', () => {
  const { plugin: own } = parts({
    name: 'p',
    enforce: 'pre',
    transform: { order: 'post', filter: { id: [/\.vue$/i, '**/*.md'] }, handler() {} },
  })
  expect(own).toMatchObject({
    enforce: 'pre',
    transform: { order: 'post', filter: { id: [{ $regexp: '/\\.vue$/i' }, '**/*.md'] } },
  })
  expect(own.transform.handler.$function).toMatch(/^\w+$/)
})

test('two hooks with two variables of one name keep both', () => {
  const make =
    (x: number): (() => number) =>
    () =>
      x
  const result = parts({ load: make(1), transform: make(2) })
  expect(result).toMatchObject({ x: 1, 'x (transform)': 2 })
})

test('a variable that the text of the function does not mention is left out', () => {
  const factory = (used: number, unused: number): object => ({
    other: () => unused,
    transform: { handler: () => used },
  })
  const { transform } = factory(1, 2) as { transform: object }
  expect(parts({ transform })).toMatchObject({ used: 1 })
  expect(parts({ transform })).not.toHaveProperty('unused')
})

test('of two variables of one name, the inner one counts', () => {
  const factory = (x: number): object => {
    const outer = (): number => x
    {
      const x = 2
      return { load: outer, transform: () => x }
    }
  }
  const { plugin: own, ...variables } = parts(factory(1))
  expect(variables).toEqual({ x: 1, 'x (transform)': 2 })
  expect(own.transform.$captured).toEqual(['x (transform)'])
})

test('functions in options count by text and by what they captured', () => {
  const tag = (prefix: string): object => ({
    isCustomElement: (name: string) => name.startsWith(prefix),
  })
  const [a, b] = [optionsOf(tag('x-')), optionsOf(tag('y-'))]
  expect(a.isCustomElement.$captured).toEqual({ prefix: 'x-' })
  expect(a.isCustomElement.$function).toBe(b.isCustomElement.$function)
  expect(optionsOf({ isCustomElement: () => false }).isCustomElement.$function).not.toBe(
    a.isCustomElement.$function,
  )
})

test.each<[string, unknown, unknown]>([
  ['a number', 5, 5],
  ['a bigint', 5n, 5n],
  ['null', null, null],
  ['a date', new Date(5), { $date: 5 }],
  ['a symbol', Symbol('a'), { $symbol: 'a' }],
  ['a URL', new URL('file:///work/app/x'), { $url: '<root>/x' }],
  ['a regexp', /a\/b/gi, { $regexp: '/a\\/b/gi' }],
  ['a path', '/work/app/src', '<root>/src'],
  ['a set', new Set(['b', 'a', 1]), { $set: ['$number:1', 'a', 'b'] }],
  [
    'a map',
    new Map([
      ['b', 1],
      ['a', 2],
    ]),
    { $map: { a: 2, b: 1 } },
  ],
  ['a map of objects', new Map([[{ k: 1 }, { v: 2 }]]), { $entries: [[{ k: 1 }, { v: 2 }]] }],
  ['labels of our own', { $same: 1, ['__proto__']: 2 }, { $$same: 1, $__proto__: 2 }],
  ['labels that are paths', { '/work/app/a': 1 }, { '<root>/a': 1 }],
  ['an inherited object', Object.create({ base: 1 }), { $proto: { base: 1 } }],
  ['node:fs', fs, { $known: 'node:fs' }],
  ['a function of Node', fs.readFileSync, { $known: 'node:fs.readFileSync' }],
  ['process', process, { $known: 'process' }],
  ['a weak set', new WeakSet(), { $skipped: 'WeakSet' }],
  ['an emitter', new EventEmitter(), { $skipped: 'EventEmitter' }],
  ['WebAssembly memory', Buffer.alloc(2 ** 25), { $skipped: '33554432 bytes' }],
  ['a logger', { info() {}, warn() {}, error() {}, warnOnce() {} }, { $skipped: 'logger' }],
  [
    'an environment of Vite',
    { name: 'client', _options: {}, _topLevelConfig: {} },
    { $skipped: 'environment client' },
  ],
  ['a native function', Math.max, { $native: 'max' }],
])('%s', (_, value, expected) => {
  const { held } = optionsOf({ held: value })
  if (typeof expected === 'object' && expected !== null) expect(held).toMatchObject(expected)
  else expect(held).toBe(expected)
})

test('what promises came to, of a plugin that nobody has read', () => {
  const failed = Promise.reject(new Error('no'))
  failed.catch(() => undefined)
  const held = {
    value: Promise.resolve({ a: 1 }),
    plain: Promise.resolve('x'),
    waiting: new Promise(() => undefined),
    failed,
  }
  expect(optionsOf(held)).toMatchObject({
    value: { $fulfilled: { a: 1 } },
    plain: { $fulfilled: 'x' },
    waiting: { $pending: undefined },
    failed: { $rejected: { message: 'no' } },
  })
  const known = parts(plugin(held), { knownLibraryPlugin: true })
  expect(known.options.value).toEqual({ $skipped: 'Promise' })
})

test('what a weak map holds of objects that are met: private fields as compilers make them', () => {
  const fields = new WeakMap<object, unknown>()
  class Settings {
    constructor(value: unknown) {
      fields.set(this, value)
    }
    get(): unknown {
      return fields.get(this)
    }
  }
  const make = (value: unknown): object => {
    const settings = new Settings(value)
    return { name: 'p', transform: () => settings.get() }
  }
  const [one, two] = [make({ a: 1 }), make({ a: 2 })]
  // that of another instance is none of its own
  expect(JSON.stringify(parts(one))).toContain('"$of settings":{"a":1}')
  expect(JSON.stringify(parts(one))).not.toContain('{"a":2}')
  expect(JSON.stringify(parts(two))).toContain('"$of settings":{"a":2}')
})

test('a Proxy before the namespace of a library, as module runners make them, is readable', () => {
  const { parts, unreadable } = fingerprint(plugin({ held: namespace }))
  expect(types.isProxy(namespace)).toBe(true)
  expect(unreadable).toBeUndefined()
  expect(parts['options']).toEqual({ held: { $target: { $module: expect.any(String) } } })
})

test('long texts and small bytes count by digest', () => {
  const long = optionsOf({ a: 'x'.repeat(2_000), b: `${'x'.repeat(1_999)}y`, c: Buffer.from('z') })
  expect(long.a).toEqual({ $text: expect.any(String) })
  expect(long.a).not.toEqual(long.b)
  expect(long.c).toEqual({ $bytes: digest(new Uint8Array([122])) })
})

test('an accessor is never called, its text and variables count', () => {
  let calls = 0
  const hidden = { a: 1 }
  const result = optionsOf({
    get lazy() {
      calls++
      return hidden
    },
  })
  expect(result.lazy.$getter.$captured).toMatchObject({ hidden: { a: 1 } })
  expect(calls).toBe(0)
})

test('instances count by class, fields and private fields', () => {
  class Base {
    base = 1
  }
  class Options extends Base {
    #secret: string
    constructor(secret: string) {
      super()
      this.#secret = secret
    }
    get secret(): string {
      return this.#secret
    }
  }
  const result = optionsOf(new Options('s'))
  expect(result).toMatchObject({ base: 1, '#secret': 's' })
  expect(result.$class.$function).toMatch(/\w/)
  expect(result.$class.$extends.$function).toMatch(/\w/)
})

test('methods of an ES5 class count', () => {
  const make = (method: () => number): object => {
    function Old(): void {}
    Object.defineProperty(Old.prototype, 'method', { value: method })
    return new (Old as unknown as new () => object)()
  }
  const method = (fn: () => number): string =>
    optionsOf(make(fn)).$class.$prototype.method.$function
  expect(method(() => 1)).not.toBe(method(() => 2))
})

test('a bound function counts by its target, this and arguments', () => {
  const fn = function (this: unknown, ..._: unknown[]): void {}
  expect(optionsOf(fn.bind({ a: 1 }, 'b'))).toMatchObject({
    $target: { $function: expect.any(String) },
    $this: { a: 1 },
    $args: ['b'],
  })
})

test('cycles end, and equal structures give equal trees whatever was met first', () => {
  const cyclic = (order: 'ab' | 'ba'): object => {
    const a: Record<string, unknown> = {}
    const b: Record<string, unknown> = { a }
    a['b'] = b
    return order === 'ab' ? { a, b, list: [a] } : { list: [a], b, a }
  }
  expect(optionsOf(cyclic('ab'))).toEqual(optionsOf(cyclic('ba')))
  expect(optionsOf(cyclic('ab')).b).toEqual({ a: { $same: 'options.a' } })
})

test('opaque objects and their members are named, not entered', () => {
  const config = { root: '/x', build: { outDir: 'dist' }, createResolver: () => () => 1 }
  const result = parts(plugin({ config, build: config.build, resolver: config.createResolver }), {
    opaque: new Map([[config, 'config']]),
  })
  expect(result.options).toEqual({
    config: { $opaque: 'config' },
    build: { $opaque: 'config.build' },
    resolver: { $opaque: 'config.createResolver' },
  })
})

test('the original stands for a function that was swapped', () => {
  const make = (options: unknown): object => plugin(options)
  const before = make({ a: 1 }) as { transform: () => unknown }
  const original = before.transform
  const expected = digest(parts(before))
  before.transform = () => 'wrapped'
  const unwrap = (fn: object): object => (fn === before.transform ? original : fn)
  expect(digest(parts(before, { original: unwrap }))).toBe(expected)
})

test('Vue references are looked through', () => {
  const ref = { __v_isRef: true, dep: { version: 7 }, _rawValue: { a: 1 }, _value: {} }
  const computed = { __v_isRef: true, globalVersion: 12, fn: () => ref }
  const result = optionsOf({ ref, computed })
  expect(result.ref).toEqual({ a: 1 })
  expect(result.computed.$captured).toEqual({ ref: { $same: 'options.ref' } })
})

test('what a plugin holds is not touched', () => {
  const frozen = Object.freeze({ list: Object.freeze([1]), nested: Object.freeze({ a: 1 }) })
  expect(optionsOf(frozen)).toEqual({ list: [1], nested: { a: 1 } })
})

test('the order of properties makes no difference, for shared objects neither', () => {
  const shared = { v: 1 }
  expect(JSON.stringify(optionsOf({ a: shared, b: shared }).b)).toBe('{"$same":"options.a"}')
  expect(optionsOf({ b: shared, a: shared })).toEqual(optionsOf({ a: shared, b: shared }))
})

test('nor does the order of variables that a nested function captured', () => {
  const shared = { v: 1 }
  const one = (a: object, b: object): object => ({ fn: () => [a, b] })
  const other = (b: object, a: object): object => ({ fn: () => [a, b] })
  const captured = (options: object): unknown => optionsOf(options).fn.$captured
  expect(captured(one(shared, shared))).toEqual({ a: { v: 1 }, b: { $same: expect.anything() } })
  expect(captured(other(shared, shared))).toEqual(captured(one(shared, shared)))
})

test('the order in which variables are declared makes no difference', () => {
  const one = (): object => {
    const [a, b] = [{ v: 1 }, { v: 2 }]
    return { transform: { handler: () => [a, b] } }
  }
  const other = (): object => {
    const [b, a] = [{ v: 2 }, { v: 1 }]
    return { transform: { handler: () => [a, b] } }
  }
  expect(parts(one())).toEqual(parts(other()))
})

test.each<[string, unknown, RegExp]>([
  ['a Proxy', new Proxy({}, {}), /^options\.held: a Proxy$/],
  ['a Proxy of a function', new Proxy(() => 1, {}), /^options\.held: a Proxy$/],
  [
    'an arrow function with a foreign this',
    new (class {
      make = { inner: () => this }
    })().make.inner,
    /^options\.held: an arrow function/,
  ],
])('%s is unreadable', (_, held, expected) => {
  expect(fingerprint(plugin({ held })).unreadable).toMatch(expected)
})

test('a plugin that is a Proxy is not touched', () => {
  const trap = (): never => {
    throw new Error('touched')
  }
  const plugin = new Proxy({}, { get: trap, ownKeys: trap, getOwnPropertyDescriptor: trap })
  expect(fingerprint(plugin).unreadable).toBe('plugin: a Proxy')
})

test('an arrow function in a class field keeps the instance that holds it', () => {
  class Plugin {
    options: unknown
    constructor(options: unknown) {
      this.options = options
    }
    transform = (): unknown => this.options
  }
  expect(fingerprint(new Plugin({ a: 1 }))).toMatchObject({
    unreadable: undefined,
    parts: { plugin: { options: { a: 1 } } },
  })
})

test('an arrow function that an opaque object made has that for its this', () => {
  const config = {
    root: '/x',
    createResolver() {
      return () => this.root
    },
  }
  const held = config.createResolver()
  expect(fingerprint(plugin({ held })).unreadable).toMatch(/arrow/)
  const opaque = new Map([[config, 'config']])
  expect(fingerprint(plugin({ held }), { opaque }).unreadable).toBeUndefined()
})

test('without an inspector, data is readable and functions are not', () => {
  const options = { digest, root: '/work/app', inspector: undefined }
  expect(walkParts({ a: { b: 1 } }, options)).toMatchObject({
    parts: { a: { b: 1 } },
    unreadable: undefined,
  })
  expect(fingerprint(plugin({}), { inspector: undefined }).unreadable).toMatch(/^plugin\.transform/)
})

test('bounds end the walk, and nothing that depends on the machine is left', () => {
  const many = Array.from({ length: 200 }, (_, at) => ({ at }))
  expect(fingerprint(plugin(many), { limits: { objects: 100 } })).toMatchObject({
    parts: {},
    unreadable: expect.stringContaining('100 objects'),
  })
  let deep: object = {}
  for (let at = 0; at < 20; at++) deep = { deep }
  expect(fingerprint(plugin(deep), { limits: { depth: 10 } }).unreadable).toMatch(/10 steps/)
  expect(fingerprint(plugin(many), { limits: { ms: 0 } }).unreadable).toMatch(/0 ms/)
})

test('parts of a config are walked like a plugin', () => {
  const limit = 5
  const result = walkParts(
    { build: { assetsInlineLimit: (size: number) => size < limit } },
    { digest, root: '/work/app', inspector: inspector() },
  )
  expect(result.parts).toMatchObject({
    build: { assetsInlineLimit: { $captured: { limit: 5 } } },
  })
})
