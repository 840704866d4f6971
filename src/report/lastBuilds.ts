import { openUses, prune, readBuilds, type BuildRecord, type Pruned } from '../engine/index.ts'
import { openHasher, type Digest, type KeyDigest } from '../key/index.ts'
import { partsKey } from '../plugin/index.ts'
import type { OnProgress } from '../store/index.ts'
import { isNotes, notesOf } from './stats.ts'

/** What the last builds left. */
export interface LastBuilds extends Pruned {
  /** Whose builds were kept, by root. */
  readonly roots: readonly string[]
  /** Build records that stayed. */
  readonly builds: number
}

export interface LastBuildsOptions {
  readonly dir: string
  /** Milliseconds since 1970: all builds since then count, not the last of each project. */
  readonly since?: number | undefined
  readonly onProgress?: OnProgress | undefined
}

/**
 * Drops everything but what the last builds reused or stored; undefined when no build is recorded.
 * The last are the builds of the newest run of each project, that is of each root, host and
 * environment: in a workspace every package is built by a process of its own.
 */
export async function keepLastBuilds({
  dir,
  since,
  onProgress,
}: LastBuildsOptions): Promise<LastBuilds | undefined> {
  const records = (await readBuilds(dir)).filter(({ notes }) => isNotes(notes))
  const last =
    since === undefined ? newestOfEach(records) : records.filter(({ endedAt }) => endedAt >= since)
  if (last.length === 0) return undefined
  const used = await usedBy(dir, last)
  const parts = await partsOf(last)
  const ids = new Set(last.map(({ id }) => id))
  const done = await prune({
    dir,
    maxSize: Infinity,
    maxAge: Infinity,
    onProgress,
    only: {
      entry: ({ key, variant, lastUsed }) =>
        used.names.has(`${key}:${variant}`) || lastUsed >= used.since || parts.has(key),
      build: (id) => ids.has(id),
    },
  })
  const roots = [...new Set(last.map((record) => notesOf(record).root))].sort()
  return { ...done, roots, builds: last.length }
}

/** @param records newest first */
function newestOfEach(records: readonly BuildRecord[]): BuildRecord[] {
  const runs = new Map<string, string>()
  return records.filter((record) => {
    const { root, host, environment, run } = notesOf(record)
    const project = [root, host, environment].join('\0')
    if (!runs.has(project)) runs.set(project, run)
    return runs.get(project) === run
  })
}

interface Used {
  readonly names: ReadonlySet<string>
  /** Packs of a build were merged since: what was used at its end or later may be its own. */
  readonly since: number
}

async function usedBy(dir: string, builds: readonly BuildRecord[]): Promise<Used> {
  const names = new Set<string>()
  let since = Infinity
  const reader = await openUses(dir)
  try {
    for (const build of builds) {
      const { entries, isWhole } = reader.of(build)
      for (const { key, variant } of entries) names.add(`${key}:${variant}`)
      if (!isWhole) since = Math.min(since, build.endedAt)
    }
  } finally {
    reader.close()
  }
  return { names, since }
}

/** The named parts behind the fingerprints of builds, so that later ones can say what differs. */
async function partsOf(builds: readonly BuildRecord[]): Promise<Set<KeyDigest>> {
  const hasher = await openHasher()
  const digests = builds
    .flatMap((build) => notesOf(build).seen)
    .flatMap(({ fingerprint, callee, context }) => [fingerprint as Digest, callee, context])
  return new Set(
    digests.flatMap((digest) => (digest === undefined ? [] : [partsKey(hasher, digest)])),
  )
}
