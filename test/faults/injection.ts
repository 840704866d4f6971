import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/** What goes wrong at one operation. */
export type Act =
  /** It fails with this code; a write has put half of its bytes there by then. */
  | { readonly kind: 'error'; readonly code: string }
  /** It happens, and is reported as failed, as network file systems do. */
  | { readonly kind: 'late'; readonly code: string }
  /** Half of the bytes are written and all is reported as well, as after a power loss. */
  | { readonly kind: 'torn' }
  /** The process ends there and then: killed, or by `process.exit`. */
  | { readonly kind: 'kill' }
  | { readonly kind: 'exit' }

/** One operation on the watched folder. Writing a file is three: `open`, `write`, `close`. */
export interface Operation {
  /** e.g. `writeFile.open` or `link` */
  readonly name: string
  readonly writes: boolean
}

export interface Injection {
  /** The operations from `start` on, in their order. */
  readonly operations: readonly Operation[]
  /** Counts anew the operations on a folder; `act` happens at the one with the number `at`, from 0. */
  start(dir: string, at?: number, act?: Act): void
  /** Leaves the file system alone again; says whether something went wrong since `start`. */
  stop(): boolean
}

const writing = ['link', 'mkdir', 'rename', 'rm', 'unlink']
const reading = ['open', 'readFile', 'readdir', 'stat', 'fstat', 'read', 'close']

/**
 * Stands in for `node:fs` in the whole process, and counts what is done to one folder. Call it
 * before anything of ours is loaded, which takes some functions out of `fs` once.
 */
export function injectFaults(): Injection {
  const real = { ...fs }
  const fds = new Set<number>()
  let folder: string | undefined
  let operations: Operation[] = []
  let target = -1
  let act: Act | undefined
  let happened = false
  /** Node's own `readFileSync` calls `openSync`. */
  let inside = false

  function isOurs(args: readonly unknown[]): boolean {
    if (folder === undefined || inside) return false
    const [first, second] = args
    if (typeof first === 'number') return fds.has(first)
    return [first, second].some(
      (path) => typeof path === 'string' && (path === folder || path.startsWith(`${folder}/`)),
    )
  }

  /** Counts an operation; gives what is to go wrong with it. */
  function meet(name: string, writes: boolean): Act | undefined {
    const at = operations.push({ name, writes }) - 1
    if (at !== target || act === undefined) return undefined
    happened = true
    return act
  }

  function fail(found: Act | undefined, name: string): void {
    if (found === undefined || found.kind === 'torn') return
    if (found.kind === 'exit') process.exit(9)
    if (found.kind === 'kill') return void process.kill(process.pid, 'SIGKILL')
    const message = `${found.code}: injected, ${name}`
    throw Object.assign(new Error(message), { code: found.code, syscall: name })
  }

  /** Runs an operation, or what goes wrong in its place. */
  function around<T>(name: string, writes: boolean, run: () => T): T {
    const found = meet(name, writes)
    // a descriptor is free after `close`, whatever that answers
    const isLate = found?.kind === 'late' || (found !== undefined && name === 'close')
    if (!isLate) {
      fail(found, name)
      return run()
    }
    const result = run()
    if (!(result instanceof Promise)) fail(found, name)
    return result instanceof Promise
      ? (result.then((value: unknown) => (fail(found, name), value)) as T)
      : result
  }

  function alone<T>(run: () => T): T {
    inside = true
    try {
      return run()
    } finally {
      inside = false
    }
  }

  type Any = (...args: any[]) => any
  const replace = (home: object, name: string, make: (original: Any) => Any): void => {
    const table = home as Record<string, Any>
    table[name] = make(table[name]!)
  }

  for (const name of [...writing, ...reading]) {
    const writes = writing.includes(name)
    replace(fs, `${name}Sync`, (original) => (...args) => {
      if (!isOurs(args)) return original(...args)
      const result = around(name, writes, () => alone(() => original(...args)))
      if (name === 'open') fds.add(result)
      if (name === 'close') fds.delete(args[0])
      return result
    })
    if (!(name in promises)) continue
    replace(promises, name, (original) => async (...args) => {
      if (!isOurs(args)) return await original(...args)
      return await around(name, writes, () => original(...args))
    })
  }

  /** Nothing is written to a file that could not be opened, so that is not counted. */
  const isNext = (): boolean => operations.length === target
  const half = (data: any): any => data.slice(0, Math.floor(data.length / 2))
  replace(promises, 'writeFile', (original) => async (file, data, options) => {
    if (!isOurs([file])) return await original(file, data, options)
    fail(meet('writeFile.open', true), 'open')
    await original(file, isNext() ? half(data) : data, options)
    fail(meet('writeFile.write', true), 'write')
    fail(meet('writeFile.close', true), 'close')
  })
  replace(fs, 'writeFileSync', (original) => (file, data, options) => {
    if (!isOurs([file])) return original(file, data, options)
    fail(meet('writeFile.open', true), 'open')
    alone(() => original(file, isNext() ? half(data) : data, options))
    fail(meet('writeFile.write', true), 'write')
    fail(meet('writeFile.close', true), 'close')
  })
  syncBuiltinESMExports()

  return {
    get operations() {
      return operations
    },
    start(dir, at = -1, what) {
      folder = real.realpathSync(dir)
      operations = []
      target = at
      act = what
      happened = false
    },
    stop() {
      folder = undefined
      return happened
    },
  }
}
