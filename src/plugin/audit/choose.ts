import { findPolicy } from '../../policies/index.ts'
import { choose } from '../select.ts'
import { isHostsOwn } from '../whyNot.ts'
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

/** Not one of the host's own, which nobody could include by mistake; nor ours, which has a hook per module in an audit. */
function isStranger(name: string): boolean {
  return !findPolicy(name) && !isHostsOwn(name)
}
