import { openEntries, type EntryDetails, type EntryReader } from '../../engine/index.ts'
import { openHasher, type KeyDigest } from '../../key/index.ts'
import {
  codeOf,
  createPlace,
  createRelocation,
  rootToken,
  type Outcome,
  type Place,
  type SoFar,
} from '../../plugin/index.ts'
import { candidatesOf, type Candidates } from './before.ts'
import { readIdentities, type Identities } from './identities.ts'
import { hidden } from './shown.ts'
import type { CallDetails, CallReport, ModuleDetails, ModuleReport, RunReport } from './types.ts'

/** Where details of modules come from. */
export interface DetailSource {
  /** Of the store. */
  readonly dir: string
  readonly run: RunReport
  /** A folder in the workspace, where files are looked for. */
  readonly root: string
  readonly live?: readonly SoFar[]
}

/** Reads details of modules, until it is closed. */
export interface DetailReader {
  readonly identities: Identities
  read(module: ModuleReport): ModuleDetails
  close(): void
}

export async function openDetails({ dir, run, root, live }: DetailSource): Promise<DetailReader> {
  const reader = await openEntries(dir)
  const hasher = await openHasher()
  const place = createPlace(root)
  const relocation = createRelocation(place)
  const identities = await readIdentities(dir, run, live)
  return {
    identities,
    close: () => reader.close(),
    read({ id, calls }) {
      const entries = calls.map((call) => entryOf(reader, call))
      const outcomes = entries.map((entry) => entry?.value as Outcome | undefined)
      const given = outcomes.map((outcome) => codeAsGiven(relocation.attach, outcome))
      const candidates = candidatesOf(hasher, place, id, calls, given)
      return {
        id,
        calls: calls.map((call, at) =>
          details(call, id, entries[at], outcomes[at], { candidates, identities, place }),
        ),
      }
    },
  }
}

function entryOf(reader: EntryReader, { key, variant }: CallReport): EntryDetails | undefined {
  if (key === undefined) return undefined
  return reader.read(key as KeyDigest).find((entry) => entry.variant === variant)
}

interface Knowing {
  readonly candidates: Candidates
  readonly identities: Identities
  readonly place: Place
}

function details(
  call: CallReport,
  id: string,
  entry: EntryDetails | undefined,
  outcome: Outcome | undefined,
  { candidates, identities, place }: Knowing,
): CallDetails {
  const { identity, options = [] } = identities.of(call, id)
  const parts = [{ path: 'id', value: id }]
  if (entry?.note) parts.push({ path: 'code', value: `digest ${entry.note}` })
  const after = codeOf(outcome?.result)
  return {
    ...call,
    before: candidates.before(call, entry?.note),
    ...(after !== undefined && { after: after.replaceAll(rootToken, shownRoot) }),
    fields: fieldsOf(outcome?.result),
    effects: (outcome?.effects ?? []).map((effect) => effectLine(effect, place)),
    inputs: entry?.inputs ?? [],
    sharedInputs: entry?.sharedInputs ?? [],
    parts: [...parts, ...options],
    ...(identity !== undefined && { identity }),
    ...(entry && {
      storedAt: new Date(entry.createdAt).toISOString(),
      storedBy: entry.build,
    }),
    tags: entry?.tags ?? [],
  }
}

/** A report is handed on: where this checkout is concerns nobody. */
const shownRoot = '<root>'

/** The code of a result as the next plugin got it. */
function codeAsGiven(
  attach: (outcome: Outcome) => Outcome,
  outcome: Outcome | undefined,
): string | undefined {
  try {
    return outcome && codeOf(attach(outcome).result)
  } catch {
    // of another version, or a map that can't follow
    return undefined
  }
}

function fieldsOf(result: unknown): string[] {
  if (result === null || result === undefined) return ['nothing: the module stays as it is']
  if (typeof result !== 'object') return []
  return Object.entries(result)
    .filter(([field]) => field !== 'code')
    .map(([field, value]) => {
      if (field === 'map') return value ? 'map' : `map: ${JSON.stringify(value) ?? 'undefined'}`
      return `${field}: ${short(JSON.stringify(value) ?? 'undefined')}`
    })
}

function effectLine(effect: readonly unknown[], place: Place): string {
  const [name, what] = effect
  const text = typeof what === 'string' ? what : (JSON.stringify(what) ?? '')
  const portable = place.toPortable(text.replaceAll(rootToken, shownRoot))
  return `${String(name)} ${/env/i.test(String(name)) ? hidden : short(portable)}`
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
