import { findPolicy, type HookName, type IdleConfig } from '../policies/index.ts'
import type { ResolvedOptions } from './options.ts'
import { isExcluded, type Choice } from './select.ts'

/** Why calls of a hook are not remembered, in words: for a plugin that `choose` left alone, or a hook that it left out. */
export function whyNot(
  name: string,
  hook: HookName,
  choice: Choice | undefined,
  options: Pick<ResolvedOptions, 'exclude'>,
  config: IdleConfig | undefined,
  isDev: boolean,
): string {
  if (isExcluded(options.exclude, name, hook)) return 'excluded by the user'
  if (choice) return `only its ${choice.hooks.join(' and ')} is remembered`
  const policy = findPolicy(name)
  if (policy === undefined) return noPolicy
  if (policy.verdict === 'never') return policy.why
  if (config && policy.isIdle?.(config)) return 'does nothing with this config'
  if (isDev && policy.notInDev !== undefined) return policy.notInDev
  return `its policy is for ${policy.hooks.join(' and ')} only`
}

/** The reason of a plugin that nobody has looked at: the one that an audit may change. */
export const noPolicy = 'no policy'
