import { findPolicy } from '../../policies/index.ts'
import { choose } from '../select.ts'
import { noteAudit, type AuditPhase } from './phase.ts'

/** As `choose`, but plugins without a policy are tried, unless the user excludes them. */
export function chooseInAudit(phase: AuditPhase): typeof choose {
  return (plugin, marked, options, config, isDev) => {
    const name = plugin.name ?? ''
    const today = choose(plugin, marked, options, config, isDev)
    const choice =
      today ?? (isStranger(name) ? choose(plugin, {}, options, config, isDev) : undefined)
    if (!choice) return undefined
    const role = today ? 'remembered' : 'tried'
    noteAudit(phase, { plugin: name, role, hooks: choice.hooks })
    return phase.only?.includes(name) === false ? undefined : choice
  }
}

/** Not one of the host's own, which nobody could include by mistake: Vite's are all named so but for `alias`. */
function isStranger(name: string): boolean {
  // our own has a hook per module in an audit
  if (['', 'alias', 'vite-plugin-remember'].includes(name) || findPolicy(name)) return false
  return !/^(?:vite|rolldown|native|builtin):(?!(?:react|preact|solid|vue)\b)/.test(name)
}
