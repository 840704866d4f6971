// The one place with module-level mutable state: `fs`, `process.env` and the
// terminal belong to the process, so their observers can only be installed once.
import { AsyncLocalStorage } from 'node:async_hooks'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { networkCalls } from './network.ts'
import { noteEnv, noteLook, type Look, type Observation } from './observation.ts'
import { startingCalls, type Started, type StartingCall } from './processes.ts'

type AnyFunction = (...args: unknown[]) => unknown
type Methods = Record<string, AnyFunction>

const observations = new AsyncLocalStorage<Observation>()
let undo: (() => void)[] | undefined
let holders = 0
let observing = 0
let restoreEnv = (): void => undefined

/** How each function of `fs` looks at its first argument. `open` reads unless its flags say that it writes. */
const looks: Readonly<Record<string, readonly Look[]>> = {
  access: ['exists'],
  exists: ['exists'],
  // a size is as good as a look inside
  stat: ['file'],
  lstat: ['file', 'realpath'],
  open: ['file'],
  readFile: ['file'],
  createReadStream: ['file'],
  readdir: ['folder'],
  opendir: ['folder'],
  realpath: ['realpath'],
  readlink: ['realpath'],
}

/**
 * Runs `work` with every look at files, environment and terminal noted in
 * `observation`, also what it awaits. While a store is in use, Node before 24
 * slows every promise of the process down, the host's too: so only while
 * something runs.
 */
export async function observe<T>(observation: Observation, work: () => Promise<T>): Promise<T> {
  if (observing++ === 0) restoreEnv = observeEnv()
  try {
    return await observations.run(observation, work)
  } finally {
    if (--observing === 0) {
      observations.disable()
      restoreEnv()
    }
  }
}

/** Runs what others do on behalf of a hook, whose answer is noted: what they look at is none of the hook's. */
export function unobserved<T>(work: () => T): T {
  return observations.exit(work)
}

/**
 * Runs `work`, which is part of an observed call, with one file as it was: its
 * reads are answered with `content`, and it is there. For those who restore what
 * a plugin knew of a file before it changed.
 */
export async function seeing<T>(
  path: string,
  content: Buffer,
  work: () => T | Promise<T>,
): Promise<T> {
  const observation = observations.getStore()
  if (!observation) return await work()
  observation.instead = { path, content }
  try {
    return await work()
  } finally {
    observation.instead = undefined
  }
}

/** Tells that the running hook, if there is one, says something in a way that no replay repeats. */
export function notePrinted(): void {
  const observation = observations.getStore()
  if (observation) observation.printed = true
}

/** Tells that the running hook, if there is one, depends on what can't be traced. */
export function noteUnseen(what: string): void {
  observations.getStore()?.unseen.add(what)
}

function noteNetwork(): void {
  const observation = observations.getStore()
  if (observation) observation.network = true
}

/** The first counts, but one that is not installed before all that are. */
function noteStarted(started: Started): void {
  const observation = observations.getStore()
  if (!observation) return
  if (!observation.started || observation.started.isInstalled) observation.started = started
}

/** Installs the observers; the last `release` takes them off again. */
export function holdPatches(): { readonly release: () => void } {
  holders++
  if (holders === 1) install()
  let held = true
  return {
    release() {
      if (!held) return
      held = false
      holders--
      if (holders === 0) uninstall()
    },
  }
}

function install(): void {
  undo = []
  for (const [name, kinds] of Object.entries(looks)) {
    const look =
      (answer: Answer | undefined): Wrap =>
      (original) =>
        watched(original, kinds, answer)
    patch(fs, name, look(answersOf.callback[name]))
    patch(fs, `${name}Sync`, look(answersOf.sync[name]))
    patch(fs.promises, name, look(answersOf.promise[name]))
  }
  for (const stream of [process.stdout, process.stderr]) patch(stream, 'write', noting(notePrinted))
  for (const [owner, name] of networkCalls()) patch(owner, name, noting(noteNetwork))
  for (const call of startingCalls()) patch(call.owner, call.name, starting(call))
  // named imports of `node:fs` see the patched functions only after this
  syncBuiltinESMExports()
}

function uninstall(): void {
  for (const restore of undo ?? []) restore()
  undo = undefined
  syncBuiltinESMExports()
}

/** Answers a look at a file that is seen as it was. */
type Answer = (content: Buffer, args: unknown[]) => unknown

/** By how each function gives its answer. */
const answersOf: Readonly<
  Record<'sync' | 'callback' | 'promise', Readonly<Record<string, Answer>>>
> = {
  sync: {
    exists: () => true,
    readFile: (content, args) => decoded(content, args[1]),
  },
  callback: {
    readFile(content, args) {
      const done = args.at(-1) as (error: null, data: unknown) => void
      process.nextTick(done, null, decoded(content, args[1]))
    },
  },
  promise: {
    readFile: async (content, args) => decoded(content, args[1]),
  },
}

function decoded(content: Buffer, options: unknown): string | Buffer {
  const encoding =
    typeof options === 'object' && options !== null
      ? (options as { encoding?: unknown }).encoding
      : options
  return typeof encoding === 'string'
    ? content.toString(encoding as BufferEncoding)
    : Buffer.from(content)
}

/** Makes the observed function of an original one. */
type Wrap = (original: AnyFunction) => AnyFunction

function patch(target: object, name: string, wrap: Wrap): void {
  const owner = target as Methods
  const original = owner[name]
  if (typeof original !== 'function') return
  const observed = wrap(original)
  // tools compare and extend these functions: keep names, properties and symbols
  // (`promisify.custom`, `realpath.native`), which npm's own launcher relies on
  for (const property of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, property)!
    if (property === 'native' && typeof descriptor.value === 'function') {
      descriptor.value = wrap(descriptor.value as AnyFunction)
    }
    if (property !== 'prototype') Object.defineProperty(observed, property, descriptor)
  }
  replace(owner, name, original, observed)
}

function watched(original: AnyFunction, kinds: readonly Look[], answer?: Answer): AnyFunction {
  return function (this: unknown, ...args: unknown[]) {
    const observation = observations.getStore()
    if (observation && !opensForWriting(args[1])) {
      const target = pathOf(args[0])
      if (target !== undefined) {
        observations.exit(() => kinds.forEach((look) => noteLook(observation, look, target)))
        const { instead } = observation
        if (answer && instead?.path === target) return answer(instead.content, args)
      }
    }
    return original.apply(this, args)
  }
}

function opensForWriting(options: unknown): boolean {
  const flags =
    typeof options === 'object' && options !== null
      ? ((options as { flag?: unknown; flags?: unknown }).flags ??
        (options as { flag?: unknown }).flag)
      : options
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) > 0
  // the second argument of readFile may be an encoding: of these only `ascii` and `latin1` have an a or w
  return typeof flags === 'string' && /^(?:[wa]|r\+|rs\+)/.test(flags) && flags !== 'ascii'
}

function pathOf(target: unknown): string | undefined {
  if (typeof target === 'string') return path.resolve(target)
  if (target instanceof URL) return target.protocol === 'file:' ? fileURLToPath(target) : undefined
  if (Buffer.isBuffer(target)) return path.resolve(target.toString())
  // a file descriptor: its `open` was seen
  return undefined
}

function noting(note: () => void): Wrap {
  return (original) =>
    function (this: unknown, ...args: unknown[]) {
      note()
      return original.apply(this, args)
    }
}

function starting({ started }: StartingCall): Wrap {
  return (original) =>
    function (this: unknown, ...args: unknown[]) {
      noteStarted(started(args))
      return original.apply(this, args)
    }
}

function replace(owner: Methods, name: string, original: AnyFunction, observed: AnyFunction): void {
  const own = Object.hasOwn(owner, name)
  owner[name] = observed
  undo?.push(() => {
    // someone else patched over us: leave theirs, ours is inert without an observation
    if (owner[name] !== observed) return
    if (own) owner[name] = original
    else delete owner[name]
  })
}

/**
 * Puts an observer in the place of `process.env` and answers how to take it off.
 * Only while a hook is observed: a Proxy can't be cloned, as others may want to.
 */
function observeEnv(): () => void {
  const original = process.env
  // Names that a walk over the whole environment is about to read, e.g. `{ ...process.env }`.
  let walked = new Set<string>()

  const note = (name: string | symbol): void => {
    if (typeof name !== 'string' || walked.has(name)) return
    const observation = observations.getStore()
    if (observation) noteEnv(observation, name)
  }
  const observed = new Proxy(original, {
    get(target, name) {
      note(name)
      return Reflect.get(target, name)
    },
    has(target, name) {
      note(name)
      return Reflect.has(target, name)
    },
    getOwnPropertyDescriptor(target, name) {
      note(name)
      return Reflect.getOwnPropertyDescriptor(target, name)
    },
    // without a receiver: by way of one, Node's environment refuses names that exist
    set: (target, name, value) => Reflect.set(target, name, value),
    ownKeys(target) {
      const names = Reflect.ownKeys(target)
      const observation = observations.getStore()
      if (observation) {
        noteEnv(observation, '*')
        walked = new Set(names as string[])
        // a walk is synchronous; what is read later is read for itself
        queueMicrotask(() => (walked = new Set()))
      }
      return names
    },
  })
  process.env = observed
  return () => {
    if (process.env === observed) process.env = original
  }
}
