import { expect } from 'vitest'
import { causeLine } from '../../src/report/index.ts'
import type { Recomputed } from '../../src/plugin/index.ts'
import type { Change, Workbench } from './workbench.ts'

/** One row: what changes, which calls run again, and what the record says of them. */
export interface Row extends Change {
  readonly change: string
  /** All calls that match one of these run again, and those that are given other code then; no other. */
  readonly again: readonly RegExp[]
  /** Calls that are not looked up. */
  readonly always?: readonly RegExp[]
  /** Of these nobody can say: it depends on which calls ran side by side when they were stored. */
  readonly perhaps?: RegExp
  /** What the record names as the cause of the calls of one plugin. */
  readonly because?: Readonly<Record<string, string | RegExp>> & { readonly plugin: string }
  /** What `remember why` says of every call that ran again, but for those that were only given other code. */
  readonly says?: string | RegExp
}

export const nothing: readonly RegExp[] = []
export const everything: readonly RegExp[] = [/^/]

export async function checkRow(bench: Workbench, row: Row): Promise<void> {
  const seen = await bench.try(row)
  if (process.env['SHOW']) console.log(seen.recomputed, seen.printed)
  expect(seen.differences).toEqual([])
  const mustRun = (call: string): boolean =>
    seen.given.has(call) ||
    [...row.again, ...(row.always ?? [])].some((pattern) => pattern.test(call))
  const unsure = (call: string): boolean => !mustRun(call) && row.perhaps?.test(call) === true
  const why = seen.recomputed.map((each) => `${each.plugin} ${each.id}: ${causeLine(each)}`)
  const again = seen.again.filter((call) => !unsure(call))
  expect(again, why.join('\n')).toEqual(seen.all.filter(mustRun))
  if (row.again.length > 0) expect(seen.again.length).toBeGreaterThan(0)
  checkSaid(seen.recomputed, row, seen.given.size > 0)
  if (!row.because) return
  const { plugin, ...because } = row.because
  const causes = seen.recomputed.filter((each) => each.plugin === plugin)
  expect(causes.length).toBeGreaterThan(0)
  for (const cause of causes) {
    for (const [label, text] of Object.entries(because)) {
      const said = String(cause[label as keyof typeof cause])
      if (typeof text === 'string') expect(said).toBe(text)
      else expect(said).toMatch(text)
    }
  }
}

function checkSaid(
  recomputed: readonly Recomputed[],
  { again, says }: Row,
  isGivenOther: boolean,
): void {
  const lines = new Set(recomputed.map(causeLine))
  if (again.length === 0) expect([...lines]).toEqual(isGivenOther ? ['code: changed'] : [])
  if (says === undefined) return
  if (says !== 'code: changed') lines.delete('code: changed')
  expect(lines.size).toBeGreaterThan(0)
  for (const line of lines) {
    if (typeof says === 'string') expect(line).toBe(says)
    else expect(line).toMatch(says)
  }
}
