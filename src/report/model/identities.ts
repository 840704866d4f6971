import { readBuilds, type Cache } from '../../engine/index.ts'
import type { Digest } from '../../key/index.ts'
import { sightedIds, storedParts, type SeenCalls, type SoFar } from '../../plugin/index.ts'
import { notesOf } from '../stats.ts'
import { withReader } from './report.ts'
import { shownParts } from './shown.ts'
import type { CallReport, NamedPart, RunReport } from './types.ts'

/** Who was called, and how. */
export interface Identities {
  /** Of one call: the name of its plugin's parts, and its options. */
  of(
    call: CallReport,
    id: string,
  ): {
    readonly identity?: string
    readonly options?: readonly NamedPart[]
  }
  /** The parts of each plugin of the run: its options, its code, the part of the host's config it can see. */
  readonly all: ReadonlyMap<string, readonly NamedPart[]>
}

interface Called {
  readonly plugin: string
  readonly hook: string
  readonly build: number
  readonly fingerprint: string
  readonly options: readonly NamedPart[]
  readonly ids: ReadonlySet<string>
}

export async function readIdentities(
  dir: string,
  run: RunReport,
  live: readonly SoFar[] = [],
): Promise<Identities> {
  return await withReader(dir, async (cache) => {
    const called = live.length > 0 ? calledNow(live) : await calledThen(cache, run)
    const all = new Map<string, readonly NamedPart[]>()
    for (const { fingerprint } of called) {
      if (fingerprint === '' || all.has(fingerprint)) continue
      all.set(fingerprint, shownParts((await storedParts(cache, fingerprint as Digest)) ?? {}))
    }
    return {
      all,
      of({ plugin, hook, build }, id) {
        const found = called.find(
          (each) =>
            each.build === build &&
            each.plugin === plugin &&
            each.hook === hook &&
            each.ids.has(id),
        )
        return found ? { identity: found.fingerprint, options: found.options } : {}
      },
    }
  })
}

function calledNow(live: readonly SoFar[]): Called[] {
  return live.flatMap(({ seen }, build) =>
    seen.map(({ plugin, hook, fingerprint, options, extra, ids }) => ({
      plugin,
      hook,
      build,
      fingerprint,
      options: ownParts(options, extra),
      ids: new Set(ids),
    })),
  )
}

async function calledThen(cache: Cache, run: RunReport): Promise<Called[]> {
  const records = new Map((await readBuilds(cache.dir)).map((record) => [record.id, record]))
  const called: Called[] = []
  for (const [build, { id }] of run.builds.entries()) {
    const record = records.get(id)
    const seen: readonly SeenCalls[] = record ? notesOf(record).seen : []
    for (const each of seen) {
      const { plugin, hook, fingerprint, callee, context } = each
      const parts = callee && (await storedParts(cache, callee))
      const user = context && (await storedParts(cache, context))
      const options = ownParts(parts?.['options'], user?.['extra'])
      called.push({ plugin, hook, build, fingerprint, options, ids: await sightedIds(cache, each) })
    }
  }
  return called
}

/** What of a call's key is neither its plugin's nor the code: its options, and the user's `extra`. */
function ownParts(call: unknown, extra: unknown): NamedPart[] {
  return shownParts({ call: call ?? {}, extra: extra ?? {} }).filter(
    ({ value }) => value !== '(none)' && value !== '{  }',
  )
}
