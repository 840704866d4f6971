import type { UsedEntry } from '../../engine/index.ts'
import type { BuildNotes, Recomputed } from '../../plugin/index.ts'
import { storedCall } from '../entries.ts'
import { causeLine } from '../why.ts'
import { shownValue } from './shown.ts'
import type { CallReport, ModuleReport } from './types.ts'

/** What one build of a run did. */
export interface BuildCalls {
  readonly notes: BuildNotes
  /** Entries of hook calls that it reused or stored. */
  readonly used: readonly UsedEntry[]
  /** All that its hooks were asked for. */
  readonly seen: readonly {
    readonly plugin: string
    readonly hook: string
    readonly ids: Iterable<string>
  }[]
}

/** The hook calls of a run by module, in the order of ids. */
export function modulesOf(builds: readonly BuildCalls[]): ModuleReport[] {
  const byId = new Map<string, CallReport[]>()
  const ranks = new Map<string, number>()
  builds.forEach((each, build) => {
    for (const { plugin, hook } of each.notes.plugins) {
      const name = `${hook}\0${plugin}`
      if (!ranks.has(name)) ranks.set(name, hookOrder.indexOf(hook) * 1e6 + ranks.size)
    }
    for (const [id, call] of callsOf(each, build)) {
      const known = byId.get(id)
      if (known) known.push(call)
      else byId.set(id, [call])
    }
  })
  const rankOf = ({ hook, plugin }: CallReport): number => ranks.get(`${hook}\0${plugin}`) ?? 0
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, calls]) => ({
      id,
      calls: calls.sort((a, b) => a.build - b.build || rankOf(a) - rankOf(b)),
    }))
}

const hookOrder = ['load', 'transform', 'renderChunk']

function* callsOf(
  { notes, used, seen }: BuildCalls,
  build: number,
): Iterable<readonly [id: string, call: CallReport]> {
  const why = new Map<string, Recomputed>()
  for (const each of notes.recomputed) why.set(nameOf(each.plugin, each.hook, each.id), each)
  const unstored = new Map<string, string>()
  for (const { plugin, hook, id, reason } of notes.unstored ?? []) {
    unstored.set(nameOf(plugin, hook, id), reason)
  }
  const stored = new Set<string>()
  for (const entry of used) {
    const { plugin, hook, id } = storedCall(entry)
    const name = nameOf(plugin, hook, id)
    stored.add(name)
    const { key, variant, computeMs, size, uses, isNew } = entry
    const state = isNew ? 'new' : 'reused'
    const reason = isNew ? reasonOf(notes, plugin, hook, why.get(name)) : {}
    yield [id, { plugin, hook, build, state, uses, key, variant, computeMs, size, ...reason }]
  }
  for (const { plugin, hook, ids } of seen) {
    for (const id of ids) {
      const name = nameOf(plugin, hook, id)
      if (stored.has(name)) continue
      const because = why.get(name)
      const cause = unstored.get(name)
      if (cause !== undefined) {
        const told = { reason: 'not_stored', cause } as const
        yield [id, { plugin, hook, build, state: 'not stored', uses: 0, ...told }]
      } else {
        const told = because && { reason: because.reason, cause: causeOf(because) }
        yield [id, { plugin, hook, build, state: 'gone', uses: 0, ...told }]
      }
    }
  }
}

/** The causes of the first calls are recorded; without them, the one reason that all share. */
function reasonOf(
  { plugins }: BuildNotes,
  plugin: string,
  hook: string,
  why: Recomputed | undefined,
): Pick<CallReport, 'reason' | 'cause'> {
  if (why) return { reason: why.reason, cause: causeOf(why) }
  const tallies = plugins.filter((each) => each.plugin === plugin && each.hook === hook)
  const reasons = new Set(tallies.flatMap((tally) => Object.keys(tally.reasons)))
  reasons.delete('refused')
  if (reasons.size !== 1) return {}
  const [reason] = reasons as Set<Recomputed['reason']>
  return { reason: reason!, cause: causeLine({ reason: reason! }) }
}

function causeOf(why: Recomputed): string {
  const { part = '', from, to } = why
  return causeLine({
    ...why,
    ...(from !== undefined && { from: shownValue(part, from) }),
    ...(to !== undefined && { to: shownValue(part, to) }),
  })
}

function nameOf(plugin: string, hook: string, id: string): string {
  return `${plugin}\0${hook}\0${id}`
}
