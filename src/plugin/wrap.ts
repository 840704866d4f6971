import type { HookName } from '../policies/index.ts'
import type { Build } from './build.ts'
import { callHook } from './call.ts'
import { hookHandler, type AnyFunction, type HookContext, type HostPlugin } from './host.ts'
import type { Subject } from './subject.ts'

interface Slot {
  readonly original: AnyFunction
  /** Whom the calls belong to now: one plugin object can serve many builds, one after another. */
  build: Build
  subject: Subject
}

/** Wrappers by themselves, so that no hook is wrapped twice; the plugin object is the host's to keep. */
const slots = new WeakMap<AnyFunction, Slot>()

/**
 * Puts our wrapper in place of a hook's function. The hook object stays: plugins
 * set its `filter` later, and Vite puts accessors on it (`wrapHookObject` in its
 * build.ts). Outside of its build the wrapper only passes on: who uses an API may
 * never close one, and build without us next.
 */
export function wrapHook(plugin: HostPlugin, hook: HookName, build: Build, subject: Subject): void {
  const handler = hookHandler(plugin[hook])
  if (!handler) return
  const wrapped = slots.get(handler)
  if (wrapped) {
    Object.assign(wrapped, { build, subject })
    return
  }
  const slot: Slot = { original: handler, build, subject }
  const wrapper: AnyFunction = function (...args) {
    if (slot.build.ended || !slot.build.active) return slot.original.apply(this, args)
    return callHook(slot.build, slot.subject, hook, slot.original, this as HookContext, args)
  }
  slots.set(wrapper, slot)
  const place = plugin[hook]
  if (typeof place === 'object') place.handler = wrapper
  else plugin[hook] = wrapper
}

/** The function that a wrapper stands for, for those who read a plugin's source and closures. */
export function unwrapped(fn: object): object {
  return slots.get(fn as AnyFunction)?.original ?? fn
}
