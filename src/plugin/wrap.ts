import type { HookName } from '../policies/index.ts'
import type { Build } from './build.ts'
import { callHook } from './call.ts'
import { hookHandler, type AnyFunction, type HookContext, type HostPlugin } from './host.ts'
import type { Spent } from './hookClock.ts'
import { timed } from './others.ts'
import type { Subject } from './subject.ts'

/** Whom the calls of a hook belong to. */
type Owner = Remembering | Timing

interface Remembering {
  readonly build: Build
  readonly subject: Subject
  /** Ids for which the hook comes to nothing: it need not run. */
  readonly idle?: RegExp | undefined
}

/** For a hook that is not remembered. */
interface Timing {
  readonly build: Build
  readonly subject?: never
  readonly spent: Spent
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
export function wrapHook(plugin: HostPlugin, hook: HookName, owner: Remembering): void {
  wrap(plugin, hook, owner)
}

/** The same for a hook that is not remembered: its calls are only timed. */
export function timeHook(plugin: HostPlugin, hook: HookName, build: Build, spent: Spent): void {
  wrap(plugin, hook, { build, spent })
}

function wrap(plugin: HostPlugin, hook: HookName, owner: Owner): void {
  const handler = hookHandler(plugin[hook])
  if (!handler) return
  const wrapped = slots.get(handler)
  if (wrapped) {
    own(wrapped, owner)
    return
  }
  const slot: Slot = { original: handler, builder: undefined, served: new WeakMap() }
  own(slot, owner)
  const wrapper: AnyFunction = function (...args) {
    const owner = ownerOf(slot, this)
    if (!owner || owner.build.ended || !owner.build.active) return slot.original.apply(this, args)
    const { build, subject } = owner
    const { clock } = build.others
    if (!subject) return timed(clock, owner.spent, slot.original, this, args)
    if (owner.idle?.test(args[hook === 'load' ? 0 : 1] as string)) return undefined
    const before = clock.enter(undefined)
    try {
      return callHook(build, subject, hook, slot.original, this as HookContext, args)
    } finally {
      clock.leave(before)
    }
  }
  slots.set(wrapper, slot)
  const place = plugin[hook]
  if (typeof place === 'object') place.handler = wrapper
  else plugin[hook] = wrapper
}

function own(slot: Slot, owner: Owner): void {
  const { isDev, environment } = owner.build.start
  if (isDev && environment) slot.served.set(environment, owner)
  // of builds at the same time that share a plugin object, one that remembers it
  else if (owner.subject || !slot.builder?.subject || slot.builder.build.ended) slot.builder = owner
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
