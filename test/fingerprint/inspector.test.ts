import { Session } from 'node:inspector'
import vm from 'node:vm'
import { expect, test, vi } from 'vitest'
import { openInspector } from '../../src/fingerprint/index.ts'
import { inspector } from './support.ts'

function look(value: object): any {
  return inspector().look([value])[0]
}

test('shows the variables that a closure and a block captured', () => {
  const factory = (options: object): (() => unknown) => {
    {
      const inner = 1
      return () => [options, inner]
    }
  }
  const given = { a: 1 }
  const { scopes } = look(factory(given))
  expect(scopes[0]).toMatchObject({ kind: 'block', variables: { inner: 1 } })
  expect(scopes[1]).toMatchObject({ kind: 'closure', name: 'factory' })
  expect(scopes[1].variables.options).toBe(given)
})

test('shows the top level variables of a script', () => {
  const fn = vm.runInThisContext('const kept = { a: 1 }; (() => kept)') as () => object
  expect(look(fn).scopes).toEqual([{ kind: 'script', name: '', variables: { kept: fn() } }])
})

test('answers for each of many, also of the same kind', () => {
  const fns = Array.from({ length: 50 }, (_, at) => () => at)
  const answers = inspector().look(fns)
  expect(answers.map((answer) => answer?.scopes[0]?.variables['at'])).toEqual(
    fns.map((_, at) => at),
  )
})

test('shows the target, this and arguments of a bound function', () => {
  const target = function (this: unknown, ..._: unknown[]): void {}
  const [self, argument] = [{}, {}]
  const { bound, scopes } = look(target.bind(self, argument, 5))
  expect(scopes).toEqual([])
  expect(bound.target).toBe(target)
  expect(bound.self).toBe(self)
  expect(bound.args).toEqual([{}, 5])
  expect(bound.args[0]).toBe(argument)
})

test('shows private fields, static ones of a class, and odd numbers in them', () => {
  class Holder {
    static #shared = { b: 2 }
    #own = { a: 1 }
    #odd = Number.NaN
    #big = 10n
    read(): unknown {
      return [this.#own, this.#odd, this.#big, Holder.#shared]
    }
  }
  const holder = new Holder()
  const [own, , , shared] = holder.read() as object[]
  const { privates } = look(holder)
  expect(privates).toEqual({ '#own': { a: 1 }, '#odd': Number.NaN, '#big': 10n })
  expect(privates['#own']).toBe(own)
  expect(look(Holder).privates['#shared']).toBe(shared)
})

test('native functions and proxies have no scopes', () => {
  const target = (): void => {}
  expect(look(Math.max)).toMatchObject({ scopes: [], scriptId: undefined, bound: undefined })
  expect(look(new Proxy(target, {}))).toMatchObject({ scopes: [], proxied: target })
})

test('calls nothing: no getter, no trap, no toString', () => {
  const touched: string[] = []
  const trap = {
    get: (): void => void touched.push('get'),
    ownKeys: () => (touched.push('keys'), []),
  }
  const proxy = new Proxy({}, trap)
  const holder = {
    get x(): number {
      return touched.push('x')
    },
  }
  const fn = (): unknown => [proxy, holder]
  expect(look(fn).scopes[0].variables).toHaveProperty('holder')
  expect(touched).toEqual([])
})

test('works beside another session, and leaves nothing on globalThis', () => {
  const debuggerSession = new Session()
  debuggerSession.connect()
  debuggerSession.post('Debugger.enable')
  const before = Reflect.ownKeys(globalThis)
  const kept = 1
  expect(look(() => kept).scopes[0].variables).toMatchObject({ kept: 1 })
  expect(Reflect.ownKeys(globalThis)).toEqual(before)
  debuggerSession.post('Debugger.disable')
  debuggerSession.disconnect()
})

test('is undefined where there is no inspector', () => {
  const builtin = vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
    throw Object.assign(new Error('no'), { code: 'ERR_INSPECTOR_NOT_AVAILABLE' })
  })
  expect(openInspector()).toBeUndefined()
  builtin.mockRestore()
})

test('a session that answers nothing gives no answers', () => {
  const opened = inspector()
  opened.close()
  expect(opened.look([() => 1])).toEqual([undefined])
  expect(opened.scriptUrl('1')).toBeUndefined()
})

test('names the script of a function, also of one that never ran', () => {
  const opened = inspector()
  const fn = vm.runInThisContext('(function never() {})', {
    filename: '/work/app/never-ran.cjs',
  }) as () => void
  expect(opened.scriptUrl(opened.look([fn])[0]?.scriptId ?? '')).toMatch(
    /^(?:file:\/\/)?\/work\/app\/never-ran\.cjs$/,
  )
  expect(opened.scriptUrl('999999')).toBeUndefined()
})
