import { count, seconds } from '../../report/index.ts'
import type { AuditResult } from './audit.ts'
import { someOf, type FindingKind, type PluginVerdict } from './judge.ts'

const kinds: Readonly<Record<FindingKind, string>> = {
  state_left_behind: 'state left behind',
  observing_changes_it: 'observing changes it',
  differing_outcome: 'differing outcome',
  order_dependent: 'depends on the order of modules',
  unseen_inputs: 'unseen inputs',
  refused_calls: 'refused calls',
  unreadable_options: 'options that can’t be read',
}

/** The audit for people. */
export function describeAudit({ builds, plugins, unstable, unexplained }: AuditResult): string {
  const lines = [`builds  ${durations(builds)}`]
  for (const verdict of plugins) lines.push('', ...describePlugin(verdict))
  if (plugins.length === 0) lines.push('', 'No plugin was called that could be remembered.')
  const includes = plugins.flatMap(({ plugin, role, verdict }) =>
    role === 'tried' && verdict === 'safe' ? [plugin] : [],
  )
  const excludes = plugins.flatMap(({ plugin, role, verdict }) =>
    role === 'remembered' && verdict === 'not safe' ? [plugin] : [],
  )
  const options = [option('include', includes), option('exclude', excludes)].filter(Boolean)
  if (options.length > 0) lines.push('', `In all: remember({ ${options.join(', ')} })`)
  if (unstable.length > 0) {
    lines.push(
      '',
      `Plain builds differ in ${someOf(unstable)}: what differs there was not compared.`,
    )
  }
  for (const seen of unexplained) lines.push('', seen)
  return lines.join('\n')
}

/** E.g. `plain 2.1 s, 2.0 s · cold 2.4 s · warm 0.9 s`. */
function durations(builds: AuditResult['builds']): string {
  const byName = new Map<string, string[]>()
  for (const { name, ms } of builds) {
    byName.set(name, [...(byName.get(name) ?? []), seconds(ms)])
  }
  return [...byName].map(([name, each]) => `${name} ${each.join(', ')}`).join(' · ')
}

function describePlugin(of: PluginVerdict): string[] {
  const { plugin, hooks, role, verdict, findings, remarks, line } = of
  const word = verdict === 'safe' && role === 'tried' ? 'safe to include' : verdict
  const whose = role === 'remembered' ? ' (remembered today)' : ''
  return [
    `${plugin} ${hooks.join(', ')}${whose}: ${word}`,
    `  ${costs(of)}`,
    ...findings.map(({ kind, seen }) => `  ${kinds[kind]}: ${seen.replaceAll('\n', '\n    ')}`),
    ...remarks.map((remark) => `  ${remark}`),
    ...(line === undefined ? [] : [`  remember({ ${line} })`]),
  ]
}

/** E.g. `120 calls, 850 ms (7.1 ms each); reused in 9.2 ms`. */
function costs({ calls, reused, originalMs, reuseMs }: PluginVerdict): string {
  const all = `${count(calls)} ${calls === 1 ? 'call' : 'calls'}`
  if (reused === 0) return `${all}, none reused`
  const each = milliseconds(originalMs / reused)
  return `${all}; ${count(reused)} reused: ${milliseconds(originalMs)} (${each} each) in ${milliseconds(reuseMs)}`
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(ms < 1 ? 2 : 1) : count(Math.round(ms))} ms`
}

function option(name: string, plugins: readonly string[]): string {
  return plugins.length === 0 ? '' : `${name}: [${plugins.map((each) => `'${each}'`).join(', ')}]`
}
