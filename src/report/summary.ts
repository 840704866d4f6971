import type { BuildNotes } from '../plugin/index.ts'
import { total } from './total.ts'

/**
 * The line at the end of a build, e.g.
 * `remember  4,498 of 4,500 hook calls reused · saved 5.6 s · spent 0.09 s · 2 new`.
 * Nothing when no hook that could be remembered was called.
 */
export function summaryLine(notes: BuildNotes): string | undefined {
  const sum = total(notes.plugins)
  const looked = sum.hits + sum.misses
  if (looked + notes.problems.length === 0) return undefined
  const said = [
    `${count(sum.hits)} of ${count(looked)} hook calls reused`,
    sum.hits > 0 ? `saved ${seconds(sum.savedMs)}` : '',
    `spent ${seconds(sum.spentMs)}`,
    sum.misses > 0 ? `${count(sum.misses)} new` : '',
    sum.notStored > 0 ? `${count(sum.notStored)} not stored` : '',
    ...problems(notes),
  ]
  return `remember  ${said.filter(Boolean).join(' · ')}`
}

function problems({ problems: faults }: BuildNotes): string[] {
  const [first] = faults
  if (!first) return []
  return [faults.length === 1 ? first.message : `${first.message} (and ${faults.length - 1} more)`]
}

export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** `5.6 s`, `0.09 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 1000 ? 2 : 1)} s`
}
