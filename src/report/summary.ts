import { cheapReason, type BuildNotes, type Cheap, type Unstable } from '../plugin/index.ts'
import { shareLine } from './shareLine.ts'
import { total } from './total.ts'
import { count, seconds } from './units.ts'

/**
 * The line at the end of a build, e.g.
 * `remember  4,498 of 4,500 hook calls reused · saved 5.6 s · spent 0.09 s · 2 new`.
 * Nothing when no hook that could be remembered was called. Below it, one line for each part that
 * differs in every build.
 */
export function summaryLine(notes: BuildNotes): string | undefined {
  const line = headLine(notes)
  if (line === undefined) return undefined
  const unstable = (notes.unstable ?? []).map((each) => `  ${unstableLine(each)}`)
  const shared = notes.share ? [`  ${shareLine(notes.share)}`] : []
  return [line, ...shared, ...unstable].join('\n')
}

/** The line alone. */
export function headLine(notes: BuildNotes): string | undefined {
  const sum = total(notes.plugins)
  const looked = sum.hits + sum.misses
  if (looked + notes.problems.length === 0) return undefined
  const said = [
    `${count(sum.hits)} of ${count(looked)} hook calls reused`,
    sum.hits > 0 ? `saved ${seconds(sum.savedMs)}` : '',
    `spent ${seconds(sum.spentMs)}`,
    sum.misses > 0 ? `${count(sum.misses)} new` : '',
    sum.verified > 0 ? `${count(sum.verified)} verified` : '',
    notes.differingCount ? `${count(notes.differingCount)} differed` : '',
    sum.notStored > 0 ? `${count(sum.notStored)} not stored` : '',
    ...problems(notes),
  ]
  return `remember  ${said.filter(Boolean).join(' · ')}`
}

/**
 * What differs in every build and what to do about it, e.g. `my-plugin: options.stamp differs
 * in every build ("1" → "2"), so nothing of it is reused. Pin it, or: remember({ … })`.
 */
export function unstableLine({ plugin, path, from, to }: Unstable): string {
  const [whose, whom] = plugin === '*' ? ['all plugins', 'them'] : [plugin, 'it']
  const option = `remember({ ignore: { ${quoted(plugin)}: [${quoted(path)}] } })`
  return `${whose}: ${path} differs in every build (${from} → ${to}), so nothing of ${whom} is reused. Pin it, or: ${option}`
}

/** e.g. `my-plugin: bypassed, cheaper than a look-up (a call 4 µs, a look-up 19 µs)`. */
export function cheapLine({ plugin, callMs, lookUpMs }: Cheap): string {
  const us = (ms: number): string => `${count(Math.ceil(ms * 1000))} µs`
  return `${plugin}: bypassed, ${cheapReason} (a call ${us(callMs)}, a look-up ${us(lookUpMs)})`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function problems({ problems: faults }: BuildNotes): string[] {
  const [first] = faults
  if (!first) return []
  return [faults.length === 1 ? first.message : `${first.message} (and ${faults.length - 1} more)`]
}
