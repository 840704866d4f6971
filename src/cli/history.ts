import { count, seconds, table, type History, type Stats } from '../report/index.ts'

/** As many runs as fit on a screen. */
const mostRuns = 20

export function describeHistory(found: History): string {
  const runs = found.runs
    .slice(0, mostRuns)
    .map((run) => [
      run.id,
      run.startedAt,
      share(run),
      `${count(run.hits)} reused`,
      `${count(run.misses)} new`,
      `${seconds(run.savedMs)} saved`,
      `${seconds(run.spentMs)} spent`,
    ])
  return [
    `${count(found.runs.length)} runs since ${found.since}: ${share(found)} reused, saved ${seconds(found.savedMs)}, spent ${seconds(found.spentMs)}`,
    ...table(found.plugins.map(pluginRow)),
    'runs, newest first:',
    ...table(runs),
    ...(found.runs.length > mostRuns
      ? [`  … and ${count(found.runs.length - mostRuns)} more`]
      : []),
  ].join('\n')
}

function share({ hits, misses }: Pick<Stats, 'hits' | 'misses'>): string {
  return hits + misses === 0 ? '–' : `${Math.floor((100 * hits) / (hits + misses))} %`
}

export function pluginRow(row: Stats['plugins'][number]): string[] {
  return [
    `${row.plugin} ${row.hook}`,
    `${count(row.hits)} reused`,
    `${count(row.misses)} new`,
    `${seconds(row.savedMs)} saved`,
    `${seconds(row.spentMs)} spent`,
    reasons({ ...row.reasons, ...row.notStoredReasons }),
  ]
}

function reasons(counted: Readonly<Record<string, number>>): string {
  return Object.entries(counted)
    .map(([reason, times]) => `${reason} ${count(times)}`)
    .join(', ')
}
