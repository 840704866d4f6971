import type { CommandDef } from 'citty'
import { findStore, noBuild } from './store.ts'
import { table } from './table.ts'
import {
  count,
  differingLine,
  lastStats,
  seconds,
  unstableLine,
  type Stats,
} from '../report/index.ts'

const args = {
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const stats: CommandDef<typeof args> = {
  meta: {
    name: 'stats',
    description: 'What the last build reused, what it saved, and why the rest was new.',
  },
  args,
  async run({ args }) {
    const dir = findStore(args.dir)
    const found = await lastStats(dir)
    if (!found) return noBuild(dir)
    console.log(args.json ? JSON.stringify(found, undefined, 2) : describe(found))
  },
}

function describe(found: Stats): string {
  const rows = found.plugins.map((row) => [
    `${row.plugin} ${row.hook}`,
    `${count(row.hits)} reused`,
    `${count(row.misses)} new`,
    `${seconds(row.savedMs)} saved`,
    `${seconds(row.spentMs)} spent`,
    reasons({ ...row.reasons, ...row.notStoredReasons }),
  ])
  return [
    `Last build, ${found.startedAt}: ${count(found.hits)} reused, ${count(found.misses)} new, ${count(found.bypassed)} bypassed, ${count(found.notStored)} not stored; saved ${seconds(found.savedMs)}, spent ${seconds(found.spentMs)}`,
    ...table(rows),
    ...causes(found),
    ...found.unstable.map((each) => `  ${unstableLine(each)}`),
    ...found.differing.slice(0, 10).map((each) => `  differed: ${differingLine(each)}`),
    ...found.problems.map((problem) => `problem: ${problem}`),
  ].join('\n')
}

function reasons(counted: Readonly<Record<string, number>>): string {
  return Object.entries(counted)
    .map(([reason, times]) => `${reason} ${count(times)}`)
    .join(', ')
}

/** Misses with one cause are one line. */
function causes(found: Stats): string[] {
  const lines = new Map<string, number>()
  for (const { plugin, hook, part, from, to } of found.recomputed) {
    if (part === undefined) continue
    const change = from === undefined ? part : `${part}: ${from} → ${to}`
    const line = `${plugin} ${hook}: ${change}`
    lines.set(line, (lines.get(line) ?? 0) + 1)
  }
  return [...lines].slice(0, 10).map(([line, times]) => `  ${line} (${count(times)} calls)`)
}
