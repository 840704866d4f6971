import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { Module } from 'node:module'
import { types } from 'node:util'
import { dataOf, inheritedData } from './values.ts'

/** Handles, caches and running work: what they hold is not what a plugin was told to do. */
const CLASSES = [
  AbortController,
  AsyncLocalStorage,
  AsyncResource,
  EventEmitter,
  EventTarget,
  FinalizationRegistry,
  Module,
  WeakRef,
] as const

/** Names the kind of an object that the walk does not enter, `undefined` for all others. Calls nothing of the object, which must be no Proxy. */
export function kindLeftOut(value: object): string | undefined {
  if (typeof value === 'function') return functionLeftOut(value)
  if (types.isPromise(value)) return 'Promise'
  if (types.isWeakMap(value)) return 'WeakMap'
  if (types.isWeakSet(value)) return 'WeakSet'
  if (types.isExternal(value)) return 'External'
  if (types.isGeneratorObject(value)) return 'Generator'
  if (types.isMapIterator(value) || types.isSetIterator(value)) return 'Iterator'
  if (types.isSharedArrayBuffer(value)) return 'SharedArrayBuffer'
  const known = CLASSES.find((candidate) => isInstance(value, candidate))
  if (known) return known.name
  if (isTimer(value)) return 'Timer'
  if (isLogger(value)) return 'logger'
  const environment = environmentOf(value)
  if (environment) return `environment ${environment}`
  const tag = inheritedData(value, Symbol.toStringTag)
  return typeof tag === 'string' && tag.startsWith('WebAssembly.') ? tag : undefined
}

/** `instanceof` would ask the class, which may be anybody's. */
function isInstance(value: object, { prototype }: { prototype: object }): boolean {
  return Object.prototype.isPrototypeOf.call(prototype, value)
}

function isTimer(value: object): boolean {
  const constructor = inheritedData(value, 'constructor')
  if (typeof constructor !== 'function') return false
  const name = dataOf(constructor, 'name')
  return (name === 'Timeout' && Object.hasOwn(value, '_idleTimeout')) || name === 'Immediate'
}

/** Vite's `Logger`, and what plugins make in its likeness (packages/vite/src/node/logger.ts). */
function isLogger(value: object): boolean {
  const has = (name: string): boolean => typeof inheritedData(value, name) === 'function'
  return has('info') && has('warn') && has('error') && (has('warnOnce') || has('debug'))
}

/** Vite's environments, also the partial ones that resolvers make: the config view stands for them (packages/vite/src/node/baseEnvironment.ts). */
function environmentOf(value: object): string | undefined {
  if (!Object.hasOwn(value, '_topLevelConfig') || !Object.hasOwn(value, '_options'))
    return undefined
  return String(dataOf(value, 'name'))
}

/** `require` functions, and the loggers of `debug` and `obug`, which note the time of their last call. */
function functionLeftOut(value: object): string | undefined {
  if (Object.hasOwn(value, 'resolve') && Object.hasOwn(value, 'cache')) return 'require'
  if (typeof dataOf(value, 'namespace') === 'string' && Object.hasOwn(value, 'log')) return 'logger'
  return undefined
}
