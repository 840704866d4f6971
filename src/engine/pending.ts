import type { Digest, KeyDigest } from '../key/index.ts'
import {
  rowVariant,
  type Claim,
  type CommitRequest,
  type Row,
  type Store,
  type Verdict,
  type Withdrawal,
} from '../store/index.ts'
import type { Codec } from './codec.ts'
import type { Entry } from './entry.ts'
import { createUsable } from './reach.ts'
import type { InputSets } from './sets.ts'

/** A computed result on its way to the store; visible to the whole process at once. */
export interface Pending {
  readonly entry: Entry
  readonly variant: string
  readonly entryBytes: Buffer
  readonly bytes: Buffer
  /** Variants that this result replaces. */
  readonly withdraws: readonly string[]
  /** Called once, when the fate of the result is known. */
  readonly settle: (verdict: Verdict) => void
}

/** What waits to be written. Groups are committed one after the other. */
export interface PendingGroups {
  /** Newest first. */
  of(key: KeyDigest): readonly Pending[]
  all(): Iterable<Pending>
  add(pending: Pending): void
  /** Ends the results that wait to be written under this key and variant. */
  drop(key: KeyDigest, variant: string): void
  /**
   * Ends a stored entry: it is not served any more, also by other processes once committed,
   * by this one in any case.
   */
  withdraw(key: KeyDigest, variant: string): void
  isWithdrawn(key: KeyDigest, variant: string): boolean
  /** False spares asking for each. */
  hasWithdrawn(): boolean
  /** Commits until nothing is left. Never throws. */
  flush(): Promise<void>
}

/** A group is committed when it holds this many bytes … */
const GROUP_SIZE = 4 * 1024 * 1024
/** … or this many milliseconds after its first result. */
const GROUP_TIME = 1000
/** Times that a withdrawal is tried. */
const MAX_TRIES = 3

export function createPending(store: Store, codec: Codec, sets: InputSets): PendingGroups {
  const byKey = new Map<KeyDigest, Pending[]>()
  /** By key and variant: what is not served, and of that, what is still to be written, with the times it was tried. */
  const withdrawn = new Map<string, Withdrawal>()
  const unwritten = new Map<string, number>()
  let waiting: Pending[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  function schedule(): void {
    if (size > GROUP_SIZE) return void next()
    timer ??= setTimeout(() => {
      timer = undefined
      void next()
    }, GROUP_TIME).unref()
  }

  function next(): Promise<void> {
    running ??= commitGroup().finally(() => {
      running = undefined
      if (waiting.length > 0) schedule()
    })
    return running
  }

  async function commitGroup(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const group = waiting
    const withdrawals = [...unwritten.keys()].map((name) => withdrawn.get(name)!)
    waiting = []
    size = 0
    const verdicts = await store.commit(requestOf(group, withdrawals))
    for (const withdrawal of withdrawals) noteTried(withdrawal)
    group.forEach((pending, i) => {
      const verdict = verdicts[i] as Verdict
      // came with the withdrawal of what it replaces
      if (verdict.status === 'stored') forget(nameOf(pending.entry.key, pending.variant))
      remove(pending)
      pending.settle(verdict)
    })
  }

  function forget(id: string): void {
    withdrawn.delete(id)
    unwritten.delete(id)
  }

  /** A commit may fail and say so to nobody: what can't be withdrawn on disk is not served by this process at least. */
  function noteTried({ name, variant }: Withdrawal): void {
    const id = nameOf(name, variant)
    const tries = (unwritten.get(id) ?? 0) + 1
    const stands = store
      .claims(name)
      .some((row) => rowVariant(row.pack.rows, row.index) === variant)
    if (!stands) forget(id)
    else if (tries === MAX_TRIES) unwritten.delete(id)
    else unwritten.set(id, tries)
  }

  function requestOf(group: readonly Pending[], withdrawals: readonly Withdrawal[]): CommitRequest {
    const isUsable = createUsable({ sets, store })
    return {
      claims: group.map(claimOf),
      withdrawals,
      usable(row) {
        const entry = entryOf(store, codec, row)
        return entry !== undefined && isUsable(entry)
      },
    }
  }

  function claimOf({ entry, variant, entryBytes, bytes, withdraws }: Pending): Claim {
    return {
      name: entry.key,
      variant,
      bytes: entryBytes,
      withdraws: withdrawn.has(nameOf(entry.key, variant)) ? [...withdraws, variant] : withdraws,
      blobs(known) {
        const outcome = { name: entry.outcome, bytes }
        const shared = entry.sets.flatMap((set) => sets.blobs(set, known))
        return { along: known.has(entry.outcome) ? undefined : outcome, others: shared }
      },
    }
  }

  function remove(pending: Pending): void {
    const { key } = pending.entry
    const left = (byKey.get(key) ?? []).filter((other) => other !== pending)
    if (left.length > 0) byKey.set(key, left)
    else byKey.delete(key)
  }

  function drop(key: KeyDigest, variant: string): void {
    const dropped = waiting.filter((p) => p.entry.key === key && p.variant === variant)
    waiting = waiting.filter((pending) => !dropped.includes(pending))
    for (const pending of dropped) {
      remove(pending)
      pending.settle({ status: 'failed', reason: 'withdrawn' })
    }
  }

  return {
    of: (key) => byKey.get(key) ?? NOTHING,
    *all() {
      for (const list of byKey.values()) yield* list
    },
    add(pending) {
      const { key } = pending.entry
      byKey.set(key, [pending, ...(byKey.get(key) ?? [])])
      waiting.push(pending)
      size += pending.bytes.length + pending.entryBytes.length
      schedule()
    },
    drop,
    withdraw(key, variant) {
      const id = nameOf(key, variant)
      withdrawn.set(id, { name: key, variant })
      drop(key, variant)
      unwritten.set(id, 0)
      schedule()
    },
    hasWithdrawn: () => withdrawn.size > 0,
    isWithdrawn: (key, variant) => withdrawn.has(nameOf(key, variant)),
    async flush() {
      while (running !== undefined || waiting.length > 0 || unwritten.size > 0) {
        await next()
        if (store.unwritable !== undefined && waiting.length === 0) return
      }
    },
  }
}

const NOTHING: readonly Pending[] = []

/** Reads the entry in a row; undefined when it is damaged. */
export function entryOf(store: Store, codec: Codec, row: Row): Entry | undefined {
  const read = store.read(row)
  return read && codec.decodeEntry(read.bytes)
}

function nameOf(key: Digest, variant: string): string {
  return `${key}:${variant}`
}
