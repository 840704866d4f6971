import { openCache, openUses, type BuildRecord, type Cache } from '../../engine/index.ts'
import { sightedIds, type BuildNotes, type HookTally, type SoFar } from '../../plugin/index.ts'
import { isHookEntry } from '../entries.ts'
import { allCosts, allOthers, notesOf, unstableParts } from '../stats.ts'
import { addTally, emptyTotals, total } from '../total.ts'
import { modulesOf, type BuildCalls } from './calls.ts'
import { readRuns, summaryOf, timesOf } from './runs.ts'
import type { BuildReport, PluginReport, Report, RunReport } from './types.ts'

/** What reports are made of: a store, and the builds that go on in this process. */
export interface ReportSource {
  /** Of the store. */
  readonly dir: string
  /** Builds that are not over; they are the run to tell of. */
  readonly live?: readonly SoFar[]
}

/** Reads all that a store tells of its builds. */
export async function makeReport({ dir, live = [] }: ReportSource): Promise<Report> {
  const runs = await readRuns(dir)
  const isLive = live.length > 0
  if (isLive) runs.unshift(live.map(({ record }) => record))
  const records = runs[0] ?? []
  const { store, used } = await usesOf(dir, records)
  const seen = isLive ? live.map((each) => each.seen) : await readSeen(dir, records.map(notesOf))
  const builds = records.map((record, at): BuildCalls => ({
    notes: notesOf(record),
    used: used[at] ?? [],
    seen: seen[at] ?? [],
  }))
  return {
    format: 1,
    createdAt: new Date().toISOString(),
    store,
    run: records.length === 0 ? undefined : runOf(records, builds, isLive),
    runs: runs.map(summaryOf).reverse(),
  }
}

/** The store, and the hook calls that each build reused or stored. */
async function usesOf(
  dir: string,
  records: readonly BuildRecord[],
): Promise<{ readonly store: Report['store']; readonly used: readonly BuildCalls['used'][] }> {
  const uses = await openUses(dir)
  try {
    const { size, packs, entries } = uses
    const used = records.map((record) => uses.of(record).entries.filter(isHookEntry))
    return { store: { size, packs, entries }, used }
  } finally {
    uses.close()
  }
}

function runOf(
  records: readonly BuildRecord[],
  builds: readonly BuildCalls[],
  isLive: boolean,
): RunReport {
  const notes = builds.map((each) => each.notes)
  const tallies = notes.flatMap(({ plugins }) => plugins)
  return {
    ...timesOf(records),
    isLive,
    host: notes[0]!.host,
    node: records[0]!.host.node,
    version: records[0]!.host.version,
    ...total(tallies),
    builds: records.map(buildReport),
    plugins: pluginsOf(tallies),
    others: allOthers(notes),
    modules: modulesOf(builds),
    costs: allCosts(notes),
    unstable: unstableParts(notes),
    unreadable: uniqueBy(
      notes.flatMap(({ unreadable }) => unreadable),
      ({ plugin, reason }) => `${plugin} ${reason}`,
    ),
    differing: notes.flatMap(({ differing = [] }) => differing),
    problems: [...new Set(notes.flatMap(({ problems }) => problems.map((each) => each.message)))],
  }
}

function buildReport(record: BuildRecord): BuildReport {
  const { environment, root, mode } = notesOf(record)
  return { id: record.id, environment, root, mode, ...timesOf([record]) }
}

function pluginsOf(tallies: readonly HookTally[]): PluginReport[] {
  const rows = new Map<string, PluginReport>()
  for (const tally of tallies) {
    const { plugin, hook, computedMs = 0 } = tally
    const name = `${plugin}\0${hook}`
    const row = rows.get(name) ?? { plugin, hook, computedMs: 0, ...emptyTotals() }
    addTally(row, tally)
    rows.set(name, { ...row, computedMs: row.computedMs + computedMs })
  }
  return [...rows.values()]
}

/** The lists of ids behind their names in the records. */
async function readSeen(dir: string, notes: readonly BuildNotes[]): Promise<BuildCalls['seen'][]> {
  return await withReader(dir, async (cache) => {
    const all: BuildCalls['seen'][] = []
    for (const { seen } of notes) {
      const lists: { plugin: string; hook: string; ids: ReadonlySet<string> }[] = []
      for (const each of seen) lists.push({ ...each, ids: await sightedIds(cache, each) })
      all.push(lists)
    }
    return all
  })
}

/** Opens a store for reading only. */
export async function withReader<T>(dir: string, read: (cache: Cache) => Promise<T>): Promise<T> {
  const cache = await openCache({ dir, mode: 'readonly' })
  try {
    return await read(cache)
  } finally {
    await cache.close()
  }
}

function uniqueBy<T>(list: readonly T[], nameOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [nameOf(one), one])).values()]
}
