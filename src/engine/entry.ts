import type { Digest, KeyDigest } from '../key/index.ts'
import type { Input } from './types.ts'

/** What the store keeps of one remembered call, beside the value. Never changes. */
export interface Entry {
  readonly namespace: string
  readonly label: string
  readonly key: KeyDigest
  /** Observed by this call alone; sorted, each once. */
  readonly inputs: readonly Input[]
  /** Shared sets of inputs; sorted, each once. */
  readonly sets: readonly Digest[]
  /** Digest of the value's bytes, which is the name of their blob. */
  readonly outcome: Digest
  /** Bytes of the value. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly computeMs: number
  /** Id of the build record of the session that stored it. */
  readonly build: string
  /** Sorted, each once. */
  readonly tags: readonly string[]
  /** What its computation noted, for reports; empty as a rule. */
  readonly note: string
}

const VERSION = 1

/**
 * An entry as one array of texts and numbers, stored as JSON: most builds are
 * processes that have just begun, where V8's own parser beats code it has not compiled yet, e.g.
 * `[1, 'toc', 'a.md', '0f…', ['file', 'a.ts', '9f…'], [], '3c…', 5120, 1733000000000, 12.5, '2024-…', ['docs']]`.
 * A note, where there is one, comes last.
 */
export function packEntry(entry: Entry): unknown {
  return [
    VERSION,
    entry.namespace,
    entry.label,
    entry.key,
    entry.inputs.flatMap(({ kind, name, value }) => [kind, name, value]),
    entry.sets,
    entry.outcome,
    entry.size,
    entry.createdAt,
    entry.computeMs,
    entry.build,
    entry.tags,
    ...(entry.note === '' ? [] : [entry.note]),
  ]
}

/** Undefined for a value that is no entry of this version. */
export function unpackEntry(value: unknown): Entry | undefined {
  if (!Array.isArray(value) || value[0] !== VERSION) return undefined
  if (value.length !== 12 && value.length !== 13) return undefined
  // by index: to take an array apart in one go costs a call for each item
  const fields = value as unknown[]
  const namespace = fields[1]
  const label = fields[2]
  const key = fields[3]
  const sets = fields[5]
  const outcome = fields[6]
  const size = fields[7]
  const createdAt = fields[8]
  const computeMs = fields[9]
  const build = fields[10]
  const tags = fields[11]
  const note = fields[12]
  if (!isText(namespace) || !isText(label) || !isText(key) || !isText(outcome)) return undefined
  if (!isNumber(size) || !isNumber(createdAt) || !isNumber(computeMs)) return undefined
  if (!isText(build) || !isTexts(sets) || !isTexts(tags)) return undefined
  if (note !== undefined && !isText(note)) return undefined
  const inputs = unpackInputs(fields[4])
  if (inputs === undefined) return undefined
  return {
    namespace,
    label,
    key: key as KeyDigest,
    inputs,
    sets: sets as Digest[],
    outcome: outcome as Digest,
    size,
    createdAt,
    computeMs,
    build,
    tags,
    note: note ?? '',
  }
}

/** Inputs from the flat list `[kind, name, value, …]`; undefined when it is none. */
export function unpackInputs(flat: unknown): Input[] | undefined {
  if (!isTexts(flat) || flat.length % 3 !== 0) return undefined
  const inputs: Input[] = []
  for (let i = 0; i < flat.length; i += 3) {
    inputs.push({
      kind: flat[i] as string,
      name: flat[i + 1] as string,
      value: flat[i + 2] as string,
    })
  }
  return inputs
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** JSON has no other numbers, but `1e999` is read as Infinity. */
function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}
