import { openCache, openUses, type Input, type UsedEntry } from '../engine/index.ts'
import { changedParts, inputChange, sightedIds, type SeenCalls } from '../plugin/index.ts'
import { hookNamespace, takeApart } from './entries.ts'
import type { Run } from './runs.ts'

/** What differs between the keys of two runs, for one plugin and cause. */
export interface KeyChange {
  readonly plugin: string
  readonly hook: string
  /**
   * `part`: a named part of all calls differs, `from` → `to`. `code`: what these calls were given.
   * `input`: what they observed. `gone`, `new`: calls that only one of the runs made.
   */
  readonly kind: 'part' | 'code' | 'input' | 'gone' | 'new'
  /** The named part or input. */
  readonly part?: string
  readonly from?: string
  readonly to?: string
  /** Of how many calls; `id` is the first of them. */
  readonly count: number
  readonly id?: string
}

/** What `remember diff --json` prints. `format` changes when a field changes its meaning. */
export interface Diff {
  readonly format: 1
  readonly before: DiffedRun
  readonly after: DiffedRun
  /** False when entries of one of the runs are gone, so that not all changes of code and inputs are known. */
  readonly isWhole: boolean
  readonly changes: readonly KeyChange[]
}

export interface DiffedRun {
  readonly id: string
  /** ISO 8601. */
  readonly startedAt: string
}

/** Compares the keys of two runs: the named parts of plugins, the calls, and what calls were given and observed. */
export async function diffRuns(dir: string, before: Run, after: Run): Promise<Diff> {
  const cache = await openCache({ dir, mode: 'readonly' })
  const changes: KeyChange[] = []
  const alike = new Set<string>()
  try {
    const [was, is] = [await callsOf(cache, before), await callsOf(cache, after)]
    for (const name of new Set([...was.keys(), ...is.keys()])) {
      const [plugin, hook] = name.split('\0') as [string, string]
      const [a, b] = [was.get(name), is.get(name)]
      const about = { plugin, hook }
      changes.push(...onlyIn(about, 'gone', a, b), ...onlyIn(about, 'new', b, a))
      if (!a || !b) continue
      const shared = [...b.ids].filter((id) => a.ids.has(id))
      if (shared.length === 0) continue
      const parts = await partChanges(cache, a.seen, b.seen)
      if (parts.length === 0) for (const id of shared) alike.add(`${plugin} ${hook} ${id}`)
      for (const { path: part, from, to } of parts) {
        changes.push({ ...about, kind: 'part', part, from, to, count: shared.length })
      }
    }
  } finally {
    await cache.close()
  }
  const uses = await openUses(dir)
  let isWhole = true
  try {
    const [was, is] = [before, after].map(({ builds }) => builds.map((build) => uses.of(build)))
    const all = (each: typeof was): UsedEntry[] => (each ?? []).flatMap(({ entries }) => entries)
    changes.push(...entryChanges(all(was), all(is), alike))
    isWhole = [...was!, ...is!].every((each) => each.isWhole)
  } finally {
    uses.close()
  }
  return {
    format: 1,
    before: { id: before.id, startedAt: new Date(before.startedAt).toISOString() },
    after: { id: after.id, startedAt: new Date(after.startedAt).toISOString() },
    isWhole,
    changes: changes.sort((a, b) => order(a, b)),
  }
}

function order(a: KeyChange, b: KeyChange): number {
  return (
    a.plugin.localeCompare(b.plugin, 'en') ||
    a.hook.localeCompare(b.hook, 'en') ||
    b.count - a.count
  )
}

type Cache = Awaited<ReturnType<typeof openCache>>

type PartChanges = Awaited<ReturnType<typeof changedParts>>

interface Calls {
  readonly seen: SeenCalls[]
  readonly ids: Set<string>
}

/** The calls of a run by plugin and hook. */
async function callsOf(cache: Cache, run: Run): Promise<Map<string, Calls>> {
  const calls = new Map<string, Calls>()
  for (const seen of run.notes.flatMap((notes) => notes.seen)) {
    const name = `${seen.plugin}\0${seen.hook}`
    const known = calls.get(name) ?? { seen: [], ids: new Set() }
    known.seen.push(seen)
    for (const id of await sightedIds(cache, seen)) known.ids.add(id)
    calls.set(name, known)
  }
  return calls
}

function onlyIn(
  about: Pick<KeyChange, 'plugin' | 'hook'>,
  kind: 'gone' | 'new',
  here: Calls | undefined,
  there: Calls | undefined,
): KeyChange[] {
  const [id, ...others] = [...(here?.ids ?? [])].filter((each) => !there?.ids.has(each))
  return id === undefined ? [] : [{ ...about, kind, count: 1 + others.length, id }]
}

/** Named parts that no instance of the earlier run has as one of the later run has them. */
async function partChanges(
  cache: Cache,
  before: readonly SeenCalls[],
  after: readonly SeenCalls[],
): Promise<PartChanges> {
  const changes = new Map<string, PartChanges[number]>()
  for (const now of after) {
    if (before.some((was) => isSame(was, now))) continue
    const nearest = before.find((was) => was.fingerprint === now.fingerprint) ?? before[0]!
    for (const change of await changedParts(cache, nearest, now)) {
      changes.set(JSON.stringify(change), change)
    }
  }
  return [...changes.values()]
}

function isSame(a: SeenCalls, b: SeenCalls): boolean {
  return a.fingerprint === b.fingerprint && a.callee === b.callee && a.context === b.context
}

/** Of calls whose plugins have the same named parts in both runs: what they were given, and what they observed. */
function entryChanges(
  before: readonly UsedEntry[],
  after: readonly UsedEntry[],
  alike: ReadonlySet<string>,
): KeyChange[] {
  const known = new Map<string, UsedEntry[]>()
  for (const entry of before) known.set(entry.label, [...(known.get(entry.label) ?? []), entry])
  const changes = new Map<string, KeyChange>()
  for (const now of after) {
    const was = known.get(now.label) ?? []
    if (now.namespace !== hookNamespace || !alike.has(now.label) || was.length === 0) continue
    if (was.some(({ key, variant }) => key === now.key && variant === now.variant)) continue
    const { plugin, hook, id } = takeApart(now.label)
    const sameKey = was.find(({ key }) => key === now.key)
    const causes = sameKey
      ? inputChanges(sameKey.inputs(), now.inputs())
      : [{ kind: 'code' } as const]
    for (const cause of causes) {
      const name = JSON.stringify([plugin, hook, cause])
      const { count = 0, id: first = id } = changes.get(name) ?? {}
      changes.set(name, { plugin, hook, ...cause, count: count + 1, id: first })
    }
  }
  return [...changes.values()]
}

type InputChange = Pick<KeyChange, 'kind' | 'part' | 'from' | 'to'>

function inputChanges(before: readonly Input[], after: readonly Input[]): InputChange[] {
  const known = new Map(before.map((input) => [`${input.kind}:${input.name}`, input.value]))
  const changed = after.flatMap((input): InputChange[] => {
    const part = `${input.kind}:${input.name}`
    const was = known.get(part)
    if (was === undefined || was === input.value) return []
    return [{ kind: 'input', part, ...inputChange(input.kind, was, input.value) }]
  })
  // what several calls share, or what one looked at and the other did not
  return changed.length > 0 ? changed : [{ kind: 'input' }]
}
