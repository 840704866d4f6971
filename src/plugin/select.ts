import {
  findPolicy,
  matchesPlugin,
  type CachePolicy,
  type HookName,
  type IdleConfig,
  type Policy,
} from '../policies/index.ts'
import { hookHandler, type HostPlugin } from './host.ts'
import type { ResolvedOptions, Selector } from './options.ts'
import type { RememberedOptions } from './remembered.ts'

/** How one plugin of a build is remembered. */
export interface Choice {
  readonly policy: CachePolicy
  readonly hooks: readonly HookName[]
}

const allHooks: readonly HookName[] = ['load', 'transform', 'renderChunk']

/** For plugins without a policy that the user vouches for. */
function includedPolicy(name: string): CachePolicy {
  return {
    verdict: 'cache',
    plugin: name,
    hooks: allHooks,
    packages: [],
    checked: '',
    why: 'included by the user',
    state: 'file',
    isStranger: true,
  }
}

/** Nothing for a plugin that is left alone. `exclude` wins over `remembered()`, that over what the plugin says itself, that over `include`, that over the policy table. */
export function choose(
  plugin: HostPlugin,
  marked: RememberedOptions | undefined,
  options: Pick<ResolvedOptions, 'include' | 'exclude'>,
  config: IdleConfig | undefined,
  isDev: boolean,
): Choice | undefined {
  const name = plugin.name ?? ''
  const included = options.include.find((one) => matchesPlugin(one.plugin, name))
  const policy: Policy | undefined = findPolicy(name)

  if (!marked && !included && policy?.verdict !== 'cache') return undefined
  const known = policy?.verdict === 'cache' ? policy : includedPolicy(name)
  const cache: CachePolicy = {
    ...known,
    ...(marked?.paths && { paths: marked.paths }),
    ...((marked ?? included) && { vouched: true }),
  }
  if (config && cache.isIdle?.(config)) return undefined
  if (isDev && cache.notInDev !== undefined) return undefined
  const wanted = marked?.hooks ?? included?.hooks ?? cache.hooks
  const hooks = wanted.filter(
    (hook) => hookHandler(plugin[hook]) && !isExcluded(options.exclude, name, hook),
  )
  return hooks.length === 0 ? undefined : { policy: cache, hooks }
}

export function isExcluded(exclude: readonly Selector[], name: string, hook: HookName): boolean {
  return exclude.some(
    (one) => matchesPlugin(one.plugin, name) && (one.hooks?.includes(hook) ?? true),
  )
}
