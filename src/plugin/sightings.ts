import type { Cache } from '../engine/index.ts'
import type { Digest, Hasher } from '../key/index.ts'
import type { SeenCalls } from './notes.ts'
import type { Subject } from './subject.ts'

/** The ids that each hook of each plugin was called for in one build. */
export interface Sightings {
  /** @param id portable. */
  note(subject: Subject, hook: string, id: string): void
  /** Keeps the lists in the store, where equal ones are one, and answers their names for the record. */
  keep(cache: Cache, hasher: Hasher): Promise<SeenCalls[]>
}

export function createSightings(): Sightings {
  const seen = new Map<Subject, Map<string, string[]>>()
  return {
    note(subject, hook, id) {
      let hooks = seen.get(subject)
      if (!hooks) seen.set(subject, (hooks = new Map()))
      const ids = hooks.get(hook)
      if (ids) ids.push(id)
      else hooks.set(hook, [id])
    },
    async keep(cache, hasher) {
      const calls: SeenCalls[] = []
      for (const [subject, hooks] of seen) {
        for (const [hook, called] of hooks) {
          const ids = [...new Set(called)].sort()
          // as one text: thousands of short ones cost more each by itself
          const name = hasher.digestText(JSON.stringify(ids))
          await cache.remember(requestOf(name), () => ids)
          const { name: plugin, fingerprint = '' } = subject
          calls.push({ plugin, hook, fingerprint, ids: name })
        }
      }
      return calls
    },
  }
}

/** The ids behind a name; none when they are gone. */
export async function sightedIds(cache: Cache, { ids }: SeenCalls): Promise<ReadonlySet<string>> {
  const { value } = await cache.remember<readonly string[]>(requestOf(ids), (recorder) => {
    recorder.refuse('unknown')
    return []
  })
  return new Set(value)
}

function requestOf(name: Digest): { namespace: string; parts: { ids: Digest } } {
  return { namespace: 'vite-plugin-remember/ids', parts: { ids: name } }
}
