import type { Cache } from '../engine/index.ts'
import { hideSecrets } from '../fingerprint/index.ts'
import type { Digest, Hasher, NamedParts } from '../key/index.ts'
import type { SeenCalls } from './notes.ts'
import { storeParts } from './parts.ts'
import type { Subject } from './subject.ts'

/** The ids that each hook of each plugin was called for in one build. */
export interface Sightings {
  /**
   * @param callee the digest that stands for who was called and how in keys
   * @param options what of it differs from call to call
   * @param id portable.
   */
  note(subject: Subject, hook: string, callee: Digest, options: NamedParts, id: string): void
  /** All of it so far. */
  now(hasher: Hasher, extraOf: (subject: Subject) => NamedParts): SeenNow[]
  /** Keeps the lists in the store, where equal ones are one, and answers their names for the record. */
  keep(
    cache: Cache,
    hasher: Hasher,
    extraOf: (subject: Subject) => NamedParts,
  ): Promise<SeenCalls[]>
}

/** The calls of one hook of one plugin instance in a build that is not over. */
export interface SeenNow extends Omit<SeenCalls, 'ids' | 'context'> {
  readonly callee: Digest
  readonly options: NamedParts
  /** The user's own parts. */
  readonly extra: NamedParts
  /** Portable. */
  readonly ids: readonly string[]
}

interface Seen {
  readonly subject: Subject
  readonly hook: string
  readonly callee: Digest
  readonly options: NamedParts
  readonly ids: string[]
}

export function createSightings(): Sightings {
  const seen = new Map<Digest, Seen>()
  return {
    note(subject, hook, callee, options, id) {
      const known = seen.get(callee)
      if (known) known.ids.push(id)
      else seen.set(callee, { subject, hook, callee, options, ids: [id] })
    },
    now(hasher, extraOf) {
      return Array.from(seen.values(), ({ subject, hook, callee, options, ids }) => {
        const { name: plugin, fingerprint = '' } = subject
        return {
          plugin,
          hook,
          fingerprint,
          callee,
          options: hideSecrets(options, hasher.digestOf),
          extra: hideSecrets(extraOf(subject), hasher.digestOf),
          ids: [...new Set(ids)],
        }
      })
    },
    async keep(cache, hasher, extraOf) {
      const calls: SeenCalls[] = []
      const hidden = (parts: NamedParts): NamedParts => hideSecrets(parts, hasher.digestOf)
      for (const { subject, hook, callee, options, ids: called } of seen.values()) {
        const ids = [...new Set(called)].sort()
        // as one text: thousands of short ones cost more each by itself
        const name = hasher.digestText(JSON.stringify(ids))
        await cache.remember(requestOf(name), () => ids)
        await storeParts(cache, callee, hidden({ options }))
        const { name: plugin, fingerprint = '' } = subject
        const extra = extraOf(subject)
        const context = contextDigest(hasher, extra)
        if (context !== undefined) await storeParts(cache, context, hidden({ extra }))
        calls.push({
          plugin,
          hook,
          fingerprint,
          callee,
          ...(context !== undefined && { context }),
          ids: name,
        })
      }
      return calls
    },
  }
}

/** Names the user's `extra`; nothing where it is empty. */
export function contextDigest(hasher: Hasher, extra: NamedParts): Digest | undefined {
  return Object.keys(extra).length > 0 ? hasher.digestOf({ extra }) : undefined
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
