import type { BuildNotes, HookTally } from '../plugin/index.ts'
import { adviceFor } from './advice.ts'
import type { Paint } from './paint.ts'
import { shareLine } from './shareLine.ts'
import { cheapLine, headLine } from './summary.ts'
import { count, seconds } from './units.ts'
import { table } from './table.ts'
import { addTally, emptyTotals, type Totals } from './total.ts'
import { causeLine } from './why.ts'

/** What `summary: 'verbose'` says at the end of a build: the line, a table of the plugins, advice. */
export function verboseSummary(
  notes: BuildNotes,
  paint: Paint,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const head = headLine(notes)
  const advice = adviceFor(notes, env)
  const cheap = (notes.cheap ?? []).map(cheapLine)
  if (head === undefined && advice.length + cheap.length === 0) return undefined
  const [title, ...rows] = table(
    [['plugin', 'reused', 'new', 'saved', 'spent', 'why'], ...rowsOf(notes)],
    paint.width,
  )
  return [
    paint.bold(head ?? 'remember'),
    ...(notes.share ? [`  ${shareLine(notes.share)}`] : []),
    ...(rows.length > 0 ? [paint.dim(title!), ...rows] : []),
    ...cheap.map((line) => paint.dim(`  ${line}`)),
    ...advice.map((each) => paint.yellow(`  → ${each}`)),
  ].join('\n')
}

function rowsOf(notes: BuildNotes): string[][] {
  const sums = new Map<string, Totals>()
  for (const tally of notes.plugins) {
    const sum = sums.get(tally.plugin) ?? emptyTotals()
    addTally(sum, tally)
    sums.set(tally.plugin, sum)
  }
  return [...sums]
    .filter(([, sum]) => sum.hits + sum.misses + sum.bypassed > 0)
    .sort(([, a], [, b]) => b.savedMs - a.savedMs || b.misses - a.misses)
    .map(([plugin, sum]) => [
      plugin,
      count(sum.hits),
      count(sum.misses),
      sum.hits > 0 ? seconds(sum.savedMs) : '',
      seconds(sum.spentMs),
      why(notes, plugin, sum),
    ])
}

/** The most frequent cause, and how many others there are. */
function why(notes: BuildNotes, plugin: string, sum: Totals): string {
  const causes = new Map<string, number>()
  const add = (cause: string, times: number): void => {
    causes.set(cause, (causes.get(cause) ?? 0) + times)
  }
  const told = notes.recomputed.filter((each) => each.plugin === plugin)
  for (const each of told) add(causeLine(each), 1)
  // no single calls are told of in the first run of a root, nor of those that policies refuse
  const untold = Object.entries(sum.reasons) as [keyof HookTally['reasons'], number][]
  for (const [reason, times] of untold) {
    const known = told.filter((each) => each.reason === reason).length
    if (times > known) add(causeLine({ reason }), times - known)
  }
  const [first, ...others] = [...causes].sort(([, a], [, b]) => b - a)
  if (!first) return ''
  return `${first[0]} (${count(first[1])})${others.length > 0 ? `, and ${others.length} more` : ''}`
}
