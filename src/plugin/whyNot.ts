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
  if (policy === undefined) return isHostsOwn(name) ? 'of the host itself' : noPolicy
  if (policy.verdict === 'never') return policy.why
  if (config && policy.isIdle?.(config)) return 'does nothing with this config'
  if (isDev && policy.notInDev !== undefined) return policy.notInDev
  return `its policy is for ${policy.hooks.join(' and ')} only`
}

/** True for the host's own, which nobody puts in a list: Vite's are all named so but for `alias`. */
export function isHostsOwn(name: string): boolean {
  if (['', 'alias', 'vite-plugin-remember'].includes(name)) return true
  return /^(?:vite|rolldown|native|builtin):(?!(?:react|preact|solid|vue)\b)/.test(name)
}

/** The reason of a plugin that nobody has looked at: the one that an audit may change. */
export const noPolicy = 'no policy'
