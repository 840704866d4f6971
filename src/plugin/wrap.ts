import type { HookName } from '../policies/index.ts'
import type { Build } from './build.ts'
import { callHook } from './call.ts'
import { hookHandler, type AnyFunction, type HookContext, type HostPlugin } from './host.ts'
import type { Subject } from './subject.ts'

/** Whom the calls of a hook belong to. */
interface Owner {
  readonly build: Build
  readonly subject: Subject
}

interface Slot {
  readonly original: AnyFunction
  /** The latest: one plugin object can serve many builds, one after another. */
  builder: Owner | undefined
  /** In a dev server one plugin object serves all environments, and several servers beside each other. */
  readonly served: WeakMap<object, Owner>
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
    own(wrapped, { build, subject })
    return
  }
  const slot: Slot = { original: handler, builder: undefined, served: new WeakMap() }
  own(slot, { build, subject })
  const wrapper: AnyFunction = function (...args) {
    const owner = ownerOf(slot, this)
    if (!owner || owner.build.ended || !owner.build.active) return slot.original.apply(this, args)
    return callHook(owner.build, owner.subject, hook, slot.original, this as HookContext, args)
  }
  slots.set(wrapper, slot)
  const place = plugin[hook]
  if (typeof place === 'object') place.handler = wrapper
  else plugin[hook] = wrapper
}

function own(slot: Slot, owner: Owner): void {
  const { isDev, environment } = owner.build.start
  if (isDev && environment) slot.served.set(environment, owner)
  else slot.builder = owner
}

function ownerOf({ builder, served }: Slot, context: unknown): Owner | undefined {
  // in a build it is put there by Vite's wrapper, which lies inside of ours
  const environment = (context as { environment?: object } | undefined)?.environment
  return (environment && served.get(environment)) ?? builder
}

/** The function that a wrapper stands for, for those who read a plugin's source and closures. */
export function unwrapped(fn: object): object {
  return slots.get(fn as AnyFunction)?.original ?? fn
}
