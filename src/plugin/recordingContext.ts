import type { Effect } from './effects.ts'
import { unobserved } from '../trace/index.ts'
import type { HookContext } from './host.ts'
import type { Place } from './place.ts'
import { answerText, questionOf, resolvedFields, type Resolution } from './resolutions.ts'

/** What a hook call did to its context. */
export interface ContextRecord {
  readonly effects: Effect[]
  readonly resolutions: Resolution[]
  /** The combined source map the hook asked for: an input that only its context can tell. */
  incomingMap: unknown
  /** Why the outcome can't be stored: the first call that no replay can repeat. */
  refused: string | undefined
}

type Method = (...args: unknown[]) => unknown

/** Answers that depend on nothing but arguments and the build's fixed facts. */
const pure = new Set<string | symbol>(['parse', 'error'])

/**
 * Stands in for `this` of an original hook: passes everything on to the real
 * context and keeps a record. Contexts are classes with private fields, so
 * functions are bound to the real one. Setting goes through: Vite's own wrapper
 * puts `environment` there (`injectEnvironmentInContext` in vite's build.ts).
 */
export function recordContext(
  real: HookContext,
  place: Place,
  /** True when a replay asks the host again which modules are entries. */
  mayAskForEntries: boolean,
): { context: HookContext; record: ContextRecord } {
  const record: ContextRecord = {
    effects: [],
    resolutions: [],
    incomingMap: undefined,
    refused: undefined,
  }

  const recorded: Record<string, Method> = {
    addWatchFile(id) {
      record.effects.push(['addWatchFile', String(id)])
      return real.addWatchFile(id as string)
    },
    emitFile(file) {
      // a copy: plugins use one object, or one buffer, for many files
      const isBuffer = Buffer.isBuffer((file as { source?: unknown } | null)?.source)
      const copy = copied(file)
      const reference = real.emitFile(file)
      record.effects.push(['emitFile', copy, reference, isBuffer])
      return reference
    },
    getCombinedSourcemap() {
      return (record.incomingMap = real.getCombinedSourcemap())
    },
    resolve: (...args) => resolve(args as Parameters<HookContext['resolve']>),
    warn: (log, position) => logged('warn', log, position),
    info: (log, position) => logged('info', log, position),
    debug: (log, position) => logged('debug', log, position),
    ...(mayAskForEntries && { getModuleInfo: (id) => entryInfo(id as string) }),
  }

  function entryInfo(id: string): unknown {
    const unkeyed = (field: string | symbol): boolean => field !== 'isEntry'
    return guardFields(real.getModuleInfo(id), 'this.getModuleInfo', unkeyed, record)
  }

  async function resolve(args: Parameters<HookContext['resolve']>): Promise<unknown> {
    const question = questionOf(args, place)
    try {
      const resolved = await unobserved(() => real.resolve(...args))
      if (question === undefined) record.refused ??= 'this.resolve with more than plain data'
      else record.resolutions.push({ question, answer: answerText(resolved, place) })
      if (resolved === null || typeof resolved !== 'object') return resolved
      record.effects.push(['resolve', (resolved as { id: string }).id])
      return guardFields(resolved, 'this.resolve', (field) => !resolvedFields.has(field), record)
    } catch (error) {
      record.refused ??= 'this.resolve with an error'
      throw error
    }
  }

  function logged(level: 'warn' | 'info' | 'debug', log: unknown, position: unknown): void {
    // a log may be a function so that filtered levels cost nothing; a replay needs its text
    const said: unknown = typeof log === 'function' ? (log as () => unknown)() : log
    // hosts write plugin, id and position into the log they are given; an error is more than its fields
    if (said instanceof Error) record.refused ??= `this.${level} with an error`
    else record.effects.push([level, copied(said), copied(position)])
    real[level](said, position)
  }

  function copied(value: unknown): unknown {
    try {
      return structuredClone(value)
    } catch {
      record.refused ??= 'an effect that is no plain data'
      return undefined
    }
  }

  const context = new Proxy(real, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(recorded, name)) return recorded[name]
      // a plugin's own cache between builds: what it finds there is nobody's input
      if (name === 'cache') record.refused ??= 'this.cache'
      // hosts took these functions before ours were in their place
      if (name === 'fs') record.refused ??= 'this.fs'
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (!pure.has(name)) {
        return (...args: unknown[]) => {
          record.refused ??= `this.${String(name)}`
          return (value as Method).apply(target, args)
        }
      }
      return (value as Method).bind(target)
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  })
  return { context, record }
}

/** Stands in for `this` when a hook runs only to restore its plugin's state: effects were replayed already. */
export function mutedContext(real: HookContext): HookContext {
  const silent: Record<string, Method> = {
    addWatchFile: () => undefined,
    emitFile: () => 'muted',
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
  }
  return new Proxy(real, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(silent, name)) return silent[name]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as Method).bind(target) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  })
}

/**
 * Stands in for something handed to a hook whose fields are not all in the key
 * or trace: reading one that is not makes the outcome one that can't be stored.
 * Rolldown's chunks have private fields, so getters run on the real one.
 */
export function guardFields(
  argument: unknown,
  name: string,
  unkeyed: (field: string | symbol) => boolean,
  record: ContextRecord,
): unknown {
  if (typeof argument !== 'object' || argument === null) return argument
  return new Proxy(argument, {
    get(target, field) {
      if (unkeyed(field)) record.refused ??= `${name}.${String(field)}`
      return Reflect.get(target, field, target) as unknown
    },
  })
}
