import { newestBuilds, type BuildRecord } from '../engine/index.ts'
import { run, type BuildNotes } from './notes.ts'
import { medianCost } from './spread.ts'
import type { HookTally } from './tally.ts'

/** A plugin whose calls run as they are, because to look them up costs more. */
export interface Cheap {
  readonly plugin: string
  /** What one call costs on average, in milliseconds. */
  readonly callMs: number
  /** What one look-up cost on average in the last run that had any, in milliseconds. */
  readonly lookUpMs: number
}

/** Why the calls of such a plugin are not remembered, in words. */
export const cheapReason = 'cheaper than a look-up'

/** Fewer tell nothing, and there is nothing to win by them. */
const enoughHits = 50
/** Newer records may be of other roots, or of this very process. */
const mostRecords = 50

/**
 * Plugins that are better left alone, as the last run of a root tells: those whose reused calls had
 * cost less than their look-ups did, and those that were left alone in that run and are as cheap
 * still. Of a plugin all hooks are left alone or none: it is then as if the user had excluded it.
 */
export async function findCheap(dir: string, root: string): Promise<Cheap[]> {
  const notes = await lastRun(newestBuilds(dir), root)
  const tallies = notes.flatMap(({ plugins }) => plugins)
  const looked = [...new Set(tallies.map(({ plugin }) => plugin))].flatMap((plugin) => {
    const its = tallies.filter((tally) => tally.plugin === plugin)
    return judge(plugin, its) ?? []
  })
  const before = new Map(notes.flatMap(({ cheap = [] }) => cheap).map((one) => [one.plugin, one]))
  const left = [...before.values()].map((one) => ({ ...one, callMs: callMsNow(one, notes) }))
  return [...looked, ...left.filter(({ callMs, lookUpMs }) => callMs < lookUpMs)]
}

/**
 * By the sum, and by the median too: one call that loads a compiler is worth many look-ups, and one
 * look-up that waited for the disk is no reason.
 */
function judge(plugin: string, tallies: readonly HookTally[]): Cheap | undefined {
  const sum = (pick: (tally: HookTally) => number): number =>
    tallies.reduce((all, tally) => all + pick(tally), 0)
  const hits = sum((tally) => tally.hits)
  const looked = hits + sum((tally) => tally.misses)
  const call = medianCost(tallies.map(({ callCosts }) => callCosts))
  const hit = medianCost(tallies.map(({ hitCosts }) => hitCosts))
  if (hits < enoughHits || call === undefined || hit === undefined || call >= hit) return undefined
  const callMs = sum((tally) => tally.savedMs) / hits
  const lookUpMs = sum((tally) => tally.spentMs) / looked
  return callMs < lookUpMs ? { plugin, callMs, lookUpMs } : undefined
}

/** What a call of a plugin that was left alone cost this time; as before where there was none. */
function callMsNow({ plugin, callMs }: Cheap, notes: readonly BuildNotes[]): number {
  const rows = notes
    .flatMap(({ others = [] }) => others)
    .filter((row) => row.plugin === plugin && row.reason === cheapReason)
  const calls = rows.reduce((all, row) => all + row.calls, 0)
  return calls === 0 ? callMs : rows.reduce((all, { ms }) => all + ms, 0) / calls
}

/** All builds of the newest process that built this root, but for the one we are in. */
async function lastRun(records: AsyncIterable<BuildRecord>, root: string): Promise<BuildNotes[]> {
  const found: BuildNotes[] = []
  let read = 0
  for await (const { notes } of records) {
    const each = notes as unknown as BuildNotes
    if (++read > mostRecords) break
    if (each.format !== 1 || each.root !== root || each.run === run) continue
    if (found[0] && found[0].run !== each.run) break
    found.push(each)
  }
  return found
}

/** By name: what was decided when a plugin of that name was first met in this process. */
const decided = new Map<string, Cheap | undefined>()

/**
 * The first decision holds for the process: what a plugin keeps in caches of its modules is seen
 * only while it is remembered, so none is remembered that was left alone before.
 */
export function decideOnce(plugin: string, now: Cheap | undefined): Cheap | undefined {
  if (!decided.has(plugin)) decided.set(plugin, now)
  return decided.get(plugin)
}
