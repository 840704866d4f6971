import type { CachePolicy, HookName } from '../policies/index.ts'
import type { Build } from './build.ts'
import { cheapReason } from './cheap.ts'
import { hookHandler, type HostPlugin } from './host.ts'
import type { ResolvedOptions } from './options.ts'
import { rememberedOptions } from './remembered.ts'
import type { choose } from './select.ts'
import {
  createMemory,
  createSubject,
  timingOf,
  type Memory,
  type Subject,
  type Timing,
} from './subject.ts'
import { keepsModules } from './watched.ts'
import type { whyNot } from './whyNot.ts'
import { timeHook, unwrapped, wrapHook } from './wrap.ts'

/**
 * Gives what puts our wrappers around the hooks of plugins that are to be
 * remembered, each plugin once for a build; and those that only tell the time
 * around the hooks of the others.
 */
export function createWrapping(
  options: ResolvedOptions,
  chooseHow: typeof choose,
  tellWhyNot: typeof whyNot | undefined,
): (build: Build, plugins: readonly HostPlugin[]) => void {
  const memories = new WeakMap<HostPlugin, Memory>()

  return function wrap(build, plugins) {
    const originals = build.start.environment?.plugins ?? []
    const vite = build.start.environment?.config ?? build.start.config
    const { isDev, meta } = build.start
    const taken = new Set<HostPlugin>()
    for (const plugin of plugins) {
      const original = originalOf(plugin, originals, taken)
      if (!build.meets(plugin)) continue
      const marked = rememberedOptions(original, build.noteProblem)
      const choice = chooseHow(plugin, marked, options, vite, isDev)
      const name = plugin.name ?? ''
      const isAlone =
        choice !== undefined &&
        tellWhyNot !== undefined &&
        canBeTimed(plugin, choice.hooks) &&
        build.leavesAlone(name)
      for (const hook of tellWhyNot && isTimed(plugin) ? hooks : []) {
        const isChosen = choice?.hooks.includes(hook)
        if ((isChosen && !isAlone) || !isPlain(plugin, hook)) continue
        const reason = isChosen
          ? cheapReason
          : tellWhyNot!(name, hook, choice, options, vite, isDev)
        timeHook(plugin, hook, build, build.others.spentOf(name, hook, reason))
      }
      if (!choice || isAlone) continue
      const kept = build.keptBy(name)
      const memory = (!isDev && keepsModules(meta) && memories.get(plugin)) || createMemory()
      memories.set(plugin, memory)
      const subjects = new Map<Timing, Subject>()
      for (const hook of choice.hooks) {
        const timing = timingOf(original, hook)
        const subject =
          subjects.get(timing) ??
          createSubject({ name, policy: choice.policy, original, timing, kept, memory })
        subjects.set(timing, subject)
        try {
          const idle = idleIds(choice.policy, hook, [plugin, original], options)
          wrapHook(plugin, hook, { build, subject, idle })
        } catch (error) {
          // a frozen plugin stays as it is
          build.noteProblem(error)
        }
      }
      for (const subject of subjects.values()) build.add(subject)
    }
  }
}

const hooks: readonly HookName[] = ['load', 'transform', 'renderChunk']

/** What Vite (8.3.8, 7.3.8) puts around each `transform`, in `wrapEnvironmentTransform`. */
const vitesTransform = `function(code, importer, ...args) {
  return fn.call(injectEnvironmentInContext(this, environment), code, importer, injectSsrFlag(args[0], environment, pluginName));
}`

/**
 * Ids for which the hook need not run: where it is as its author wrote it, and nobody but Vite has
 * put anything around it. In mode `verify` that is not taken for granted either.
 */
function idleIds(
  { idleCalls }: CachePolicy,
  hook: HookName,
  [plugin, original]: readonly [HostPlugin, HostPlugin],
  { mode }: ResolvedOptions,
): RegExp | undefined {
  if (idleCalls?.hook !== hook || mode === 'verify') return undefined
  const sourceOf = ({ [hook]: slot }: HostPlugin): string => {
    const handler = hookHandler(slot)
    return withoutBlanks(String(handler && unwrapped(handler)))
  }
  const known = withoutBlanks(idleCalls.source)
  const outer = sourceOf(plugin)
  const isPlain = outer === known || outer === withoutBlanks(vitesTransform)
  return isPlain && sourceOf(original) === known ? idleCalls.id : undefined
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '')
}

/** Not native ones and not our own. */
function isTimed({ name = '', _parallel: parallel }: HostPlugin): boolean {
  return parallel === undefined && name !== 'vite-plugin-remember' && !name.startsWith('builtin:')
}

/** So that it is noticed when a plugin that is left alone is cheap no more. */
function canBeTimed(plugin: HostPlugin, chosen: readonly HookName[]): boolean {
  return isTimed(plugin) && chosen.every((hook) => isPlain(plugin, hook))
}

/** True for a hook that is a value of the plugin's own which may be changed: setters, frozen and inherited ones stay as they are. */
function isPlain(plugin: HostPlugin, hook: HookName): boolean {
  const slot = plugin[hook]
  if (!hookHandler(slot)) return false
  const place = typeof slot === 'object' ? [slot, 'handler'] : [plugin, hook]
  return Object.getOwnPropertyDescriptor(...(place as [object, string]))?.writable === true
}

/** The plugin as its author made it: Vite runs clones whose hooks hide the originals. */
function originalOf(
  clone: HostPlugin,
  originals: readonly HostPlugin[],
  taken: Set<HostPlugin>,
): HostPlugin {
  // by name and order: on Vite 7 plugin-commonjs puts one of its own in front of the list
  const original = originals.find((each) => each.name === clone.name && !taken.has(each))
  if (original) taken.add(original)
  return original ?? clone
}
