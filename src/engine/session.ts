import { randomBytes } from 'node:crypto'
import type { KeyDigest } from '../key/index.ts'
import type { Pack, Row } from '../store/index.ts'
import type { Pending } from './pending.ts'
import type { Committed, Fault, Mode } from './types.ts'

/** What one user of a cache did, for its build record. */
export interface Session {
  readonly build: string
  readonly mode: Mode
  /** Share of the hits that are computed again. */
  readonly verify: number
  readonly startedAt: number
  readonly faults: Fault[]
  /** Times each row was used, by its index. */
  readonly rows: Map<Pack, Uint32Array>
  /** Times each result was used while it was pending, by key and variant. */
  readonly pending: Map<
    string,
    { readonly key: KeyDigest; readonly variant: string; count: number }
  >
  /** Tags that the entries themselves do not carry. */
  readonly tags: Map<string, Set<KeyDigest>>
  readonly stored: Record<Committed<unknown>['status'], number>
  closed: boolean
  fault(fault: Fault): void
  use(from: Row | Pending): void
  tag(key: KeyDigest, tags: readonly string[], carried: readonly string[]): void
}

export function createSession(mode: Mode, now: number, verify = 0): Session {
  const faults: Fault[] = []
  const rows: Session['rows'] = new Map()
  const pending: Session['pending'] = new Map()
  const tagged = new Map<string, Set<KeyDigest>>()

  return {
    build: buildId(now),
    mode,
    verify,
    startedAt: now,
    faults,
    rows,
    pending,
    tags: tagged,
    stored: { stored: 0, already_exists: 0, race_lost: 0, not_stored: 0 },
    closed: false,
    fault(fault) {
      const known = faults.some(
        ({ code, message }) => code === fault.code && message === fault.message,
      )
      if (!known) faults.push(fault)
    },
    use(from) {
      if ('pack' in from) {
        const { pack, index } = from
        let counts = rows.get(pack)
        if (counts === undefined) rows.set(pack, (counts = new Uint32Array(pack.count)))
        counts[index]!++
        return
      }
      const { key } = from.entry
      const name = `${key}:${from.variant}`
      const known = pending.get(name)
      if (known === undefined) pending.set(name, { key, variant: from.variant, count: 1 })
      else known.count++
    },
    tag(key, tags, carried) {
      for (const tag of tags) {
        if (carried.includes(tag)) continue
        const keys = tagged.get(tag)
        if (keys === undefined) tagged.set(tag, new Set([key]))
        else keys.add(key)
      }
    },
  }
}

/** e.g. `2025-06-01T10-20-30.400Z-9f86d081`: sorts by time, and is a file name everywhere. */
function buildId(now: number): string {
  return `${new Date(now).toISOString().replaceAll(':', '-')}-${randomBytes(4).toString('hex')}`
}
