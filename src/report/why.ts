import type { Recomputed } from '../plugin/index.ts'
import { lastStats } from './stats.ts'

/** Calls of one hook that were not reused for one cause. */
export interface Why extends Recomputed {
  /** How many calls; `id` is the first of them. */
  readonly count: number
}

/**
 * Why the last run did not reuse what it computed: one entry for each plugin,
 * hook and cause, most calls first. Undefined when no build is recorded.
 *
 * @param about only calls whose id, plugin or cause contains this text
 */
export async function whyNew(dir: string, about = ''): Promise<Why[] | undefined> {
  const stats = await lastStats(dir)
  if (!stats) return undefined
  const causes = new Map<string, { first: Recomputed; count: number }>()
  for (const call of stats.recomputed) {
    if (!concerns(call, about)) continue
    const { plugin, hook, reason, part, from, to } = call
    const name = JSON.stringify([plugin, hook, reason, part, from, to])
    const known = causes.get(name)
    if (known) known.count++
    else causes.set(name, { first: call, count: 1 })
  }
  return Array.from(causes.values(), ({ first, count }) => ({ ...first, count })).sort(
    (a, b) => b.count - a.count,
  )
}

function concerns({ plugin, id, part }: Recomputed, about: string): boolean {
  const text = about.replace(/^\.\//, '')
  return [plugin, id, part ?? ''].some((field) => field.includes(text))
}

/** The cause in one line, e.g. `src/types.ts: changed` or `options.mode: "a" → "b"`. */
export function causeLine(cause: Pick<Recomputed, 'reason' | 'part' | 'from' | 'to'>): string {
  const { reason, part, from, to } = cause
  if (reason === 'input_changed' && part !== undefined) return inputLine(part, from, to)
  if (from !== undefined && (reason === 'pruned' || reason === 'cleared')) {
    return `${reason} ${ago(from)}`
  }
  if (reason === 'not_stored' && from !== undefined) return `${words.not_stored}: ${from}`
  if (part === undefined) return words[reason]
  return part === 'code' ? 'code: changed' : partLine(part, from, to)
}

const units = [
  ['day', 24 * 60 * 60 * 1000],
  ['hour', 60 * 60 * 1000],
  ['minute', 60 * 1000],
] as const

/** `2 days ago`; `just now` below a minute. */
function ago(time: string): string {
  const ms = Date.now() - Date.parse(time)
  const [unit, length] = units.find(([, each]) => ms >= each) ?? []
  if (!unit) return 'just now'
  const times = Math.floor(ms / length!)
  return `${times} ${unit}${times === 1 ? '' : 's'} ago`
}

/** The labels that `identity.ts` gives what is no option say nothing to a user. */
function partLine(part: string, from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `${part}: changed`
  const file = /^@tool\.files\["(?:<root>\/)?(.*)"\]$/.exec(part)?.[1]
  if (file !== undefined) {
    return `${file}: ${from === none ? 'appeared' : to === none ? 'gone' : 'changed'}`
  }
  if (part === '@tool.packages') return `installed packages: ${bare(from)} → ${bare(to)}`
  return `${part.replace(/^@build\./, '')}: ${from} → ${to}`
}

/** What `diffParts` says for nothing. */
const none = '(none)'

/** `vue@3.5.45` of `"vue@3.5.45"`. */
function bare(text: string | undefined): string {
  return (text ?? none).replace(/^"(.*)"$/, '$1')
}

const words: Readonly<Record<Recomputed['reason'], string>> = {
  first_seen: 'first seen',
  part_changed: 'changed',
  input_changed: 'an input changed',
  damaged: 'the stored copy is damaged',
  pruned: 'pruned',
  cleared: 'cleared',
  not_stored: 'not stored last time',
  refresh: 'mode refresh',
  verify_mismatch: 'computed again, with another result',
  off: 'mode off',
  refused: 'not remembered, by its policy',
  not_replayable: 'could not be replayed',
  edited: 'edited while the dev server ran',
}

/** As `causeLine`, for a part or input by itself. */
export function changeLine({
  kind,
  part,
  from,
  to,
}: {
  readonly kind: string
  readonly part?: string
  readonly from?: string
  readonly to?: string
}): string {
  if (kind === 'part') return partLine(part!, from, to)
  if (kind === 'input') {
    return part === undefined ? 'other inputs were observed' : inputLine(part, from, to)
  }
  return kind === 'code'
    ? 'code: changed'
    : kind === 'gone'
      ? 'only in the first'
      : 'only in the second'
}

function inputLine(part: string, from: string | undefined, to: string | undefined): string {
  const at = part.indexOf(':')
  const kind = part.slice(0, at)
  const name = part.slice(at + 1).replace('<root>/', '')
  if (kind === 'root') return 'computed in another checkout'
  if (kind === 'incoming_map') return 'source map of the plugins before: changed'
  const subject = subjects[kind]?.(name) ?? name
  if (from === 'absent') return `${subject}: appeared`
  if (to === 'absent') return `${subject}: gone`
  return from === undefined ? `${subject}: changed` : `${subject}: ${from} → ${to}`
}

const subjects: Readonly<Record<string, (name: string) => string>> = {
  env: (name) => (name === '*' ? 'environment' : `env ${name}`),
  folder: (name) => `${name.replace(/\/?$/, '/')} (its list of files)`,
  package: (name) => name.replace(/^.*node_modules\//, ''),
  resolve: (question) => `this.resolve ${sourceOf(question)}`,
}

/** `./x.css` of `["./x.css","<root>/src/a.vue",null]`. */
function sourceOf(question: string): string {
  try {
    return String((JSON.parse(question) as unknown[])[0])
  } catch {
    return question
  }
}
