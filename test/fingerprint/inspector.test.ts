import { Session } from 'node:inspector'
import path from 'node:path'
import vm from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { callerScripts, openInspector, type Sample } from '../../src/fingerprint/index.ts'
import { inspector } from './support.ts'

const nowhere = { scriptId: '999999', lineNumber: 0, columnNumber: 0 }

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
  expect(look(Math.max)).toMatchObject({ scopes: [], location: undefined, bound: undefined })
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
  expect(opened.scriptUrl(nowhere)).toBeUndefined()
})

test('names the script of a function, also of one that never ran', () => {
  const opened = inspector()
  const fn = vm.runInThisContext('(function never() {})', {
    filename: '/work/app/never-ran.cjs',
  }) as () => void
  expect(opened.scriptUrl(opened.look([fn])[0]?.location ?? nowhere)).toMatch(
    /^(?:file:\/\/)?\/work\/app\/never-ran\.cjs$/,
  )
  expect(opened.scriptUrl(nowhere)).toBeUndefined()
})

describe('a script can be found without the list of V8', () => {
  const code = `// a comment
(function telling(options) { return options.aLongNameForAnOption + options.another })`
  const load = (filename: string): (() => void) =>
    vm.runInThisContext(code, { filename }) as () => void

  test('by who located its function before', () => {
    const asked: Sample[] = []
    const opened = openInspector({ locate: (sample) => (asked.push(sample), '/work/located.js') })
    const fn = load('/work/app/real.js')
    expect(opened?.scriptUrl(opened.look([fn])[0]?.location ?? nowhere, fn)).toBe(
      '/work/located.js',
    )
    expect(asked).toEqual([{ source: String(fn), line: 1, column: 17 }])
    expect(opened?.located()).toEqual([])
    opened?.close()
  })

  test('but not by a function that may stand in many files', () => {
    const opened = openInspector({ locate: () => '/work/located.js' })
    const fn = vm.runInThisContext('(() => 1)', { filename: '/work/app/real.js' }) as () => void
    expect(opened?.scriptUrl(opened.look([fn])[0]?.location ?? nowhere, fn)).toMatch(/real\.js$/)
    opened?.close()
  })

  test('by who is calling', () => {
    const filename = '/work/app/vite.config.timestamp-1.mjs'
    const call = vm.runInThisContext('((fn) => fn())', { filename }) as <T>(fn: () => T) => T
    const callers = call(() => callerScripts())
    expect([...callers.values()].map((url) => path.basename(url))).toContain(
      path.basename(filename),
    )
    const [scriptId = ''] =
      [...callers].find(([, url]) => url.endsWith(path.basename(filename))) ?? []
    const opened = openInspector({ callers: new Map([[scriptId, 'from the callers']]) })
    expect(opened?.scriptUrl({ ...nowhere, scriptId })).toBe('from the callers')
    opened?.close()
  })
})

test('tells where it found functions of packages', () => {
  const opened = inspector()
  const load = (filename: string): object =>
    vm.runInThisContext('(() => "a text to be told by")', { filename }) as object
  for (const file of ['/x/node_modules/b/i.js', '/x/node_modules/a/i.js', '/x/src/c.js']) {
    const fn = load(file)
    opened.scriptUrl(opened.look([fn])[0]?.location ?? nowhere, fn)
  }
  expect(opened.located().map(({ file }) => file)).toEqual([
    '/x/node_modules/b/i.js',
    '/x/node_modules/a/i.js',
  ])
})

test('leaves the coverage that others take as it is', () => {
  const other = new Session()
  other.connect()
  const ask = (method: string, parameters?: object): any => {
    let answer: unknown
    other.post(method, parameters, (_, result) => (answer = result))
    return answer
  }
  ask('Profiler.enable')
  ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const filename = '/work/app/counted.js'
  const counted = vm.runInThisContext('(function counted() {})', { filename }) as () => void
  counted()
  inspector().scriptUrl(nowhere)
  counted()
  const { result } = ask('Profiler.takePreciseCoverage')
  const script = result.find(({ url }: { url: string }) => url.endsWith(filename))
  expect(script.functions.at(-1)).toMatchObject({ functionName: 'counted', ranges: [{ count: 2 }] })
  ask('Profiler.stopPreciseCoverage')
  other.disconnect()
})
