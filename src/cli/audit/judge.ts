import { describeDifference } from '../../engine/index.ts'
import { findPolicy } from '../../policies/index.ts'
import type { AuditRole, BuildNotes, Differing, HookTally } from '../../plugin/index.ts'
import type { Culprits } from './culprits.ts'
import type { BuildRun } from './run.ts'

export type FindingKind =
  | 'state_left_behind'
  | 'observing_changes_it'
  | 'differing_outcome'
  | 'order_dependent'
  | 'unseen_inputs'
  | 'refused_calls'
  | 'unreadable_options'

export interface Finding {
  readonly kind: FindingKind
  /** For people. */
  readonly seen: string
}

export interface PluginVerdict {
  readonly plugin: string
  readonly hooks: readonly string[]
  /** `remembered` by a build as it is configured today; `tried` only here. */
  readonly role: AuditRole
  readonly verdict: 'safe' | 'not safe' | 'not worth it'
  /** Why it is not safe. */
  readonly findings: readonly Finding[]
  /** What else is worth knowing, for people. */
  readonly remarks: readonly string[]
  /** Calls that ran in the cold build, and of these the ones that were not stored. */
  readonly calls: number
  readonly notStored: number
  /** Calls that the warm build reused, what they cost when they ran, and what reusing them cost, in milliseconds. */
  readonly reused: number
  readonly originalMs: number
  readonly reuseMs: number
  /** What to add to the options of `remember()`; nothing when all is well as it is. */
  readonly line: string | undefined
}

/** All that the audit saw. */
export interface Seen {
  readonly plain: BuildRun
  readonly cold: BuildRun
  readonly warm: BuildRun
  readonly verified: BuildRun
  readonly turned: BuildRun
  /** By building with what is remembered, and by observing alone. */
  readonly leaving: readonly Culprits[]
  readonly observed: readonly Culprits[]
}

/** A call below this is cheaper than looking it up. Milliseconds. */
const leastPerCall = 0.1
/** Less than this share of the build is not worth a line of config. */
const leastShare = 0.01

export function judge(seen: Seen): PluginVerdict[] {
  const roles = new Map<string, { role: AuditRole; hooks: Set<string> }>()
  for (const note of seen.cold.notes) {
    if (!('plugin' in note)) continue
    const known = roles.get(note.plugin) ?? { role: note.role, hooks: new Set() }
    for (const hook of note.hooks) known.hooks.add(hook)
    roles.set(note.plugin, known)
  }
  return [...roles].flatMap(([plugin, { role, hooks }]) => {
    const verdict = judgePlugin(plugin, role, [...hooks], seen)
    return verdict ? [verdict] : []
  })
}

function judgePlugin(
  plugin: string,
  role: AuditRole,
  hooks: readonly string[],
  seen: Seen,
): PluginVerdict | undefined {
  const cold = sumOf(seen.cold, plugin)
  const warm = sumOf(seen.warm, plugin)
  const calls = cold.hits + cold.misses + cold.bypassed
  if (calls === 0) return undefined
  const findings = findingsOf(plugin, seen)
  const remarks = remarksOf(plugin, seen, cold, warm)
  const isCheap =
    warm.hits === 0 ||
    warm.savedMs <= warm.spentMs ||
    warm.savedMs / warm.hits < leastPerCall ||
    warm.savedMs < leastShare * seen.plain.ms
  const verdict =
    findings.length > 0 ? 'not safe' : role === 'tried' && isCheap ? 'not worth it' : 'safe'
  const name = `'${plugin.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  return {
    plugin,
    hooks,
    role,
    verdict,
    findings,
    remarks,
    calls,
    notStored: cold.notStored,
    reused: warm.hits,
    originalMs: warm.savedMs,
    reuseMs: warm.spentMs,
    line:
      role === 'tried' && verdict === 'safe'
        ? `include: [${name}]`
        : role === 'remembered' && verdict === 'not safe'
          ? `exclude: [${name}]`
          : undefined,
  }
}

/** What speaks against remembering a plugin. */
export function findingsOf(plugin: string, seen: Seen): Finding[] {
  const cold = sumOf(seen.cold, plugin)
  const findings: Finding[] = []
  const blamed = (culprits: readonly Culprits[], kind: FindingKind, what: string): void => {
    for (const { plugins, seen: how } of culprits) {
      if (!plugins.includes(plugin)) continue
      const others = plugins.filter((each) => each !== plugin)
      const beside = others.length > 0 ? ` and those of ${someOf(others)}` : ''
      findings.push({ kind, seen: `${what.replace('*', `its calls${beside}`)}, ${how}` })
    }
  }
  blamed(seen.leaving, 'state_left_behind', 'with * reused')
  blamed(seen.observed, 'observing_changes_it', 'with * observed')
  const differing = differingOf(seen.verified, plugin)
  findings.push(...some('differing_outcome', differing))
  if (differing.length === 0) {
    findings.push(...some('order_dependent', differingOf(seen.turned, plugin)))
  }
  // what a plugin with a policy reads in there, its policy names
  const unseen = findPolicy(plugin) ? [] : Object.entries(cold.unseen)
  for (const [what, times] of unseen) {
    findings.push({
      kind: 'unseen_inputs',
      seen: `it uses ${what} (${callsText(times)}), whose own inputs nobody sees`,
    })
  }
  const unreadable = seen.cold.builds.flatMap((build) => build.unreadable)
  const own = unreadable.find((each) => each.plugin === plugin)
  if (own) findings.push({ kind: 'unreadable_options', seen: own.reason })
  else if (
    cold.notStored + cold.bypassed > 0 &&
    cold.notStored + cold.bypassed === cold.misses + cold.bypassed
  ) {
    findings.push({ kind: 'refused_calls', seen: `no call can be repeated: ${reasonsText(cold)}` })
  }
  return findings
}

/** The first difference, and how many more. */
function some(kind: FindingKind, [first, ...others]: readonly Differing[]): Finding[] {
  if (!first) return []
  const line = `${first.hook} ${first.id}: ${describeDifference(first)}`
  return [{ kind, seen: others.length > 0 ? `${line}, and ${others.length} more` : line }]
}

function remarksOf(plugin: string, seen: Seen, cold: Sum, warm: Sum): string[] {
  const remarks: string[] = []
  if (cold.notStored > 0) {
    remarks.push(`${cold.notStored} of ${callsText(cold.misses)} not stored: ${reasonsText(cold)}`)
  }
  if (warm.hits === 0 && cold.notStored < cold.misses) {
    const why = seen.warm.builds
      .flatMap((build) => build.recomputed)
      .find((each) => each.plugin === plugin && each.part !== undefined)
    const change = why?.from === undefined ? '' : `, ${why.from} → ${why.to}`
    remarks.push(
      `nothing was reused${why ? `: ${why.part} differs from build to build${change}` : ''}`,
    )
  }
  return remarks
}

interface Sum {
  hits: number
  misses: number
  bypassed: number
  notStored: number
  savedMs: number
  spentMs: number
  readonly notStoredReasons: Record<string, number>
  readonly unseen: Record<string, number>
}

function sumOf({ builds }: BuildRun, plugin: string): Sum {
  const sum: Sum = {
    hits: 0,
    misses: 0,
    bypassed: 0,
    notStored: 0,
    savedMs: 0,
    spentMs: 0,
    notStoredReasons: {},
    unseen: {},
  }
  for (const tally of talliesOf(builds, plugin)) {
    for (const name of ['hits', 'misses', 'bypassed', 'notStored', 'savedMs', 'spentMs'] as const) {
      sum[name] += tally[name]
    }
    for (const name of ['notStoredReasons', 'unseen'] as const) {
      for (const [reason, times] of Object.entries(tally[name] ?? {})) {
        sum[name][reason] = (sum[name][reason] ?? 0) + times
      }
    }
  }
  return sum
}

function talliesOf(builds: readonly BuildNotes[], plugin: string): HookTally[] {
  return builds.flatMap((build) => build.plugins.filter((tally) => tally.plugin === plugin))
}

function differingOf({ builds }: BuildRun, plugin: string): Differing[] {
  return builds.flatMap((build) => (build.differing ?? []).filter((each) => each.plugin === plugin))
}

function reasonsText({ notStoredReasons, bypassed }: Sum): string {
  const reasons = Object.entries(notStoredReasons).map(([reason, times]) => `${reason} ${times}`)
  if (bypassed > 0) reasons.push(`refused by policy ${bypassed}`)
  return reasons.join(', ')
}

/** E.g. `a, b, c and 2 more`. */
export function someOf(names: readonly string[]): string {
  const named = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${named} and ${names.length - 3} more` : named
}

function callsText(number: number): string {
  return `${number} ${number === 1 ? 'call' : 'calls'}`
}
