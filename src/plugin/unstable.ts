import type { Cache } from '../engine/index.ts'
import { diffParts, type PartChange } from '../fingerprint/index.ts'
import type { Digest } from '../key/index.ts'
import type { Identity } from './identity.ts'
import { storedParts } from './parts.ts'
import type { SeenCalls } from './notes.ts'

/** A named part that had another value in each of the last runs, so that nothing of its plugin is ever reused. */
export interface Unstable extends PartChange {
  /** `*` for a part that all plugins share: one of the host's config. */
  readonly plugin: string
}

/** What is compared: the parts that stand for a plugin now, and the calls of earlier runs, newest first. */
export interface Comparing {
  readonly cache: Cache
  readonly plugin: string
  readonly parts: Identity['parts']
  readonly fingerprint: Digest
  readonly runs: readonly (readonly Pick<SeenCalls, 'plugin' | 'fingerprint'>[])[]
}

/** Of many instances with one name, as many are compared. */
const mostInstances = 20

/** Two builds tell a change, three tell a habit. */
const enoughRuns = 2

/** Names the parts that had another value in this run, in the last one and in the one before. */
export async function findUnstable(comparing: Comparing): Promise<Unstable[]> {
  const { cache, plugin, runs } = comparing
  let { parts, fingerprint } = comparing as { parts: Identity['parts']; fingerprint: string }
  const steps: PartChange[][] = []
  for (const run of runs.slice(0, enoughRuns)) {
    const names = new Set(
      run.filter((each) => each.plugin === plugin).map((each) => each.fingerprint),
    )
    // met again: it changed at most once
    if (names.size === 0 || names.has(fingerprint)) return []
    const nearest = await nearestOf(cache, [...names].slice(0, mostInstances), parts)
    if (!nearest) return []
    steps.push(nearest.changes)
    ;({ parts, fingerprint } = nearest)
  }
  const [now = [], ...before] = steps
  if (before.length < enoughRuns - 1) return []
  return now
    .filter((change) => !isCode(change))
    .filter((change) => neverTheSame(change, before))
    .map((change) => ({ plugin: change.path.startsWith('@build.') ? '*' : plugin, ...change }))
}

/** A value that comes back was switched: `production`, `staging` and `production` again. */
function neverTheSame(
  { path, from, to }: PartChange,
  before: readonly (readonly PartChange[])[],
): boolean {
  const values = [to, from]
  for (const changes of before) {
    const same = changes.find((each) => each.path === path)
    if (!same) return false
    values.push(same.from)
  }
  // what was cut short may differ in the rest
  const whole = values.filter((value) => !value.includes('…'))
  return new Set(whole).size === whole.length
}

/** Who works on a plugin or its packages changes them in every build, and knows. */
function isCode({ path, from, to }: PartChange): boolean {
  return path.startsWith('@tool.') || [from, to].some((text) => /^function [\da-f]+$/.test(text))
}

interface Nearest {
  readonly fingerprint: string
  readonly parts: Identity['parts']
  readonly changes: PartChange[]
}

/** The instance of an earlier run that differs least. */
async function nearestOf(
  cache: Cache,
  fingerprints: readonly string[],
  parts: Identity['parts'],
): Promise<Nearest | undefined> {
  let nearest: Nearest | undefined
  for (const fingerprint of fingerprints) {
    const before = await storedParts(cache, fingerprint as Digest)
    if (!before) continue
    const changes = diffParts(before, parts)
    if (!nearest || changes.length < nearest.changes.length) {
      nearest = { fingerprint, parts: before, changes }
    }
  }
  return nearest
}
