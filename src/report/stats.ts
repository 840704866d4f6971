import { readBuilds } from '../engine/index.ts'
import {
  medianCost,
  type BuildNotes,
  type Cheap,
  type Costs,
  type Differing,
  type HookTally,
  type OtherCalls,
  type Recomputed,
  type Unstable,
} from '../plugin/index.ts'
import { addTally, emptyTotals, total, type Totals } from './total.ts'

/** What `remember stats --json` prints. `format` changes when a field changes its meaning. */
export interface Stats extends Totals {
  readonly format: 1
  /** Start of the last run, ISO 8601. */
  readonly startedAt: string
  /** Build records of the run: one per config, environment or session. */
  readonly builds: readonly string[]
  /** One row per plugin and hook, over all builds of the run. */
  readonly plugins: readonly PluginStats[]
  /** Time besides the calls' own look-ups, over all builds of the run, in milliseconds. */
  readonly costs: Costs
  /** Hook calls that are not remembered, over all builds of the run, the most costly first. */
  readonly others: readonly OtherCalls[]
  /** Plugins that were left alone, because looking their calls up costs more. */
  readonly cheap: readonly Cheap[]
  /** The first of the calls that were not reused, each with its cause. */
  readonly recomputed: readonly Recomputed[]
  /** Parts that differ in every build, each once. */
  readonly unstable: readonly Unstable[]
  /** The first outcomes that were withdrawn, because their calls gave others when they ran again. */
  readonly differing: readonly Differing[]
  /** How many there were. */
  readonly differingCount: number
  /** Faults of the store and of assumptions, as short messages. */
  readonly problems: readonly string[]
  /** What was shared with other machines; absent where nothing is. */
  readonly share?: NonNullable<BuildNotes['share']>
}

export interface PluginStats extends Totals {
  readonly plugin: string
  readonly hook: string
  /** The median of what single calls cost when they were computed, in milliseconds. */
  readonly callMs?: number | undefined
  /** The median of what looking up, checking and replaying cost for single hits, in milliseconds. */
  readonly hitMs?: number | undefined
}

/** Reads the last run (all builds of one process) from a store; undefined when it has none. */
export async function lastStats(dir: string): Promise<Stats | undefined> {
  const records = (await readBuilds(dir, 500)).filter((record) => isNotes(record.notes))
  const newest = records[0] && notesOf(records[0])
  if (!newest) return undefined
  const run = records.filter((record) => notesOf(record).run === newest.run)
  const notes = run.map(notesOf)
  // of one process: what its last build tells is of all
  const share = notes.find((each) => each.share)?.share
  return {
    format: 1,
    ...(share && { share }),
    startedAt: new Date(Math.min(...run.map((record) => record.startedAt))).toISOString(),
    builds: run.map((record) => record.id),
    ...total(notes.flatMap((each) => each.plugins)),
    plugins: perHook(notes.flatMap((each) => each.plugins)),
    costs: allCosts(notes),
    others: allOthers(notes),
    cheap: cheapOnes(notes),
    recomputed: notes.flatMap((each) => each.recomputed),
    unstable: unstableParts(notes),
    differing: notes.flatMap((each) => each.differing ?? []),
    differingCount: sum(notes.map((each) => each.differingCount ?? 0)),
    problems: [
      ...new Set(notes.flatMap((each) => each.problems.map((problem) => problem.message))),
    ],
  }
}

/** What the builds spent besides look-ups. */
export function allCosts(notes: readonly BuildNotes[]): Costs {
  return {
    fingerprintMs: sum(notes.map(({ costs }) => costs.fingerprintMs)),
    inputsMs: sum(notes.map(({ costs }) => costs.inputsMs)),
    recordMs: sum(notes.map(({ costs }) => costs.recordMs ?? 0)),
  }
}

/** Summed up by plugin, hook and reason. */
export function allOthers(notes: readonly BuildNotes[]): OtherCalls[] {
  const sums = new Map<string, OtherCalls>()
  for (const each of notes.flatMap(({ others }) => others ?? [])) {
    const name = JSON.stringify([each.plugin, each.hook, each.reason])
    const { calls = 0, ms = 0 } = sums.get(name) ?? {}
    sums.set(name, { ...each, calls: calls + each.calls, ms: ms + each.ms })
  }
  return [...sums.values()].sort((a, b) => b.ms - a.ms)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

type BuildRecord = Awaited<ReturnType<typeof readBuilds>>[number]

export function notesOf(record: BuildRecord): BuildNotes {
  return record.notes as unknown as BuildNotes
}

export function isNotes(notes: unknown): boolean {
  return (notes as Partial<BuildNotes> | undefined)?.format === 1
}

export function unstableParts(notes: readonly BuildNotes[]): Unstable[] {
  const parts = notes.flatMap((each) => each.unstable ?? [])
  return [...new Map(parts.map((each) => [`${each.plugin} ${each.path}`, each])).values()]
}

function cheapOnes(notes: readonly BuildNotes[]): Cheap[] {
  const all = notes.flatMap(({ cheap = [] }) => cheap)
  return [...new Map(all.map((each) => [each.plugin, each])).values()]
}

export function perHook(tallies: readonly HookTally[]): PluginStats[] {
  const rows = new Map<string, PluginStats>()
  for (const tally of tallies) {
    const name = `${tally.plugin}\0${tally.hook}`
    const row = rows.get(name) ?? { plugin: tally.plugin, hook: tally.hook, ...emptyTotals() }
    addTally(row, tally)
    rows.set(name, row)
  }
  const medians = (row: PluginStats): Pick<PluginStats, 'callMs' | 'hitMs'> => {
    const its = tallies.filter(({ plugin, hook }) => plugin === row.plugin && hook === row.hook)
    return {
      callMs: medianCost(its.map(({ callCosts }) => callCosts)),
      hitMs: medianCost(its.map(({ hitCosts }) => hitCosts)),
    }
  }
  return [...rows.values()]
    .map((row) => ({ ...row, ...medians(row) }))
    .sort((a, b) => b.savedMs - a.savedMs)
}
