import { unstableLine } from '../summary.ts'
import type { Run } from '../runs.ts'
import { hint, ok, problem, type Finding } from './finding.ts'
import { checkHosts } from './versions.ts'

/** What the record of the last run tells of the set-up. */
export function checkBuild(run: Run | undefined): Finding[] {
  if (!run) {
    return [
      problem(
        'last build',
        'no build is recorded in this store',
        'Put remember() first in `plugins` and build. If you did: is this the store of that build (--dir)?',
      ),
    ]
  }
  const tallies = run.notes.flatMap(({ plugins }) => plugins)
  const calls = tallies.reduce((all, { hits, misses }) => all + hits + misses, 0)
  const hits = tallies.reduce((all, tally) => all + tally.hits, 0)
  const when = new Date(run.startedAt).toISOString()
  const versions = Object.assign({}, ...run.notes.map((notes) => notes.versions)) as object
  return [
    calls > 0
      ? ok('last build', `${when}: ${hits} of ${calls} hook calls reused`)
      : hint(
          'last build',
          `${when}: no hook was called that is remembered`,
          'See docs/policies.md for the plugins that are known; `npx remember audit -- <build command>` tests the others.',
        ),
    ...checkHosts(versions as Record<string, string>),
    checkPosition(run),
    ...checkPlugins(run),
  ]
}

function checkPosition({ notes }: Run): Finding {
  const before = new Set(notes.flatMap(({ position }) => position?.before ?? []))
  if (notes.some(({ position }) => (position?.copies ?? 1) > 1)) {
    return problem(
      'position',
      'remember() is in `plugins` more than once',
      'Keep the first one only.',
    )
  }
  if (before.size === 0) return ok('position', 'first in `plugins`')
  return hint(
    'position',
    `${[...before].join(', ')} ${before.size === 1 ? 'stands' : 'stand'} before remember()`,
    'Put remember() first in `plugins`: it watches the others from its own start on.',
  )
}

function checkPlugins({ notes }: Run): Finding[] {
  const unstable = notes.flatMap((each) => each.unstable ?? [])
  const unreadable = new Map(
    notes.flatMap((each) => each.unreadable.map(({ plugin, reason }) => [plugin, reason] as const)),
  )
  const differing = new Set(
    notes.flatMap((each) => (each.differing ?? []).map(({ plugin }) => plugin)),
  )
  const faults = new Set(notes.flatMap((each) => each.problems.map(({ message }) => message)))
  return [...new Set(unstable.map(unstableLine))]
    .map((line) => problem('options', ...split(line)))
    .concat(
      [...unreadable].map(([plugin, reason]) =>
        problem(
          'options',
          `${plugin}: its options can't be read (${reason}), so nothing of it is reused`,
          "Name them yourself: remembered(plugin, { version: '1', extra: { … } })",
        ),
      ),
      [...differing].map((plugin) =>
        problem(
          'results',
          `${plugin} gave other results than those that were stored`,
          `\`npx remember stats\` shows where. Leave it alone if it goes on: remember({ exclude: ['${plugin}'] })`,
        ),
      ),
      [...faults].map((message) =>
        problem('faults', message, 'If it comes again: `npx remember verify --fix`.'),
      ),
    )
}

/** What is so, and what to do about it. */
function split(line: string): [says: string, remedy: string] {
  const [says, remedy = ''] = line.split('. Pin it, ')
  return [says!, `Pin it, ${remedy}`]
}
