import type { KeyDigest } from '../key/index.ts'
import type { Desk } from './desk.ts'
import { describeDifference, firstDifference, type Difference } from './difference.ts'
import type { Entry } from './entry.ts'
import { verifyMismatch } from './faults.ts'
import { type Hit, outdated } from './lookup.ts'
import { type Compute, record } from './recording.ts'
import type { Remembered, RememberOptions } from './types.ts'

/**
 * Computes what is stored once more and compares. A stored value that differs
 * is withdrawn and the fresh one returned; one that can't be compared, because
 * the computation refuses this time, stands. A computation that throws now is a
 * difference like any other.
 */
export async function audit<T>(
  desk: Desk,
  key: KeyDigest,
  { entry, value, from }: Hit,
  compute: Compute<T>,
  options: RememberOptions,
): Promise<Remembered<T>> {
  const { state, session } = desk
  const computed = await record(compute).catch(async (error: unknown) => {
    const thrown = { field: '', from: 'a value', to: `throws ${shortly(error)}` }
    withdraw(desk, entry, undefined, thrown, options)
    // whoever throws may be about to end the process
    await state.pending.flush()
    throw error
  })
  const { value: fresh, computeMs } = computed
  const encoded = state.codec.encode(fresh)
  const isCompared = computed.refused === undefined && 'bytes' in encoded
  const outcome = isCompared ? state.hasher.digestBytes(encoded.bytes) : entry.outcome
  const difference = outcome === entry.outcome ? undefined : differ(value, fresh, options)
  if (difference === undefined) {
    session.use(from)
    const committed = Promise.resolve({ status: 'already_exists' as const, value: value as T })
    const hit = { status: 'hit' as const, key, value: value as T, savedMs: entry.computeMs }
    return isCompared ? { ...hit, verified: true, committed } : { ...hit, committed }
  }
  withdraw(desk, entry, outcome, difference, options)
  session.stored.not_stored++
  const reason = 'verify_mismatch'
  const committed = Promise.resolve({ status: 'not_stored' as const, value: fresh, reason })
  return { status: 'miss', key, value: fresh, why: { reason, difference }, computeMs, committed }
}

function differ(stored: unknown, fresh: unknown, options: RememberOptions): Difference | undefined {
  if (options.differ) return options.differ(stored, fresh)
  const unseen = { field: '', from: 'the stored bytes', to: 'others' }
  return firstDifference(stored, fresh) ?? unseen
}

/** Ends the entry and every other one of its key that would be served in its place and is not what was computed. */
function withdraw(
  { state, session }: Desk,
  entry: Entry,
  outcome: string | undefined,
  difference: Difference,
  { check, onMismatch }: RememberOptions,
): void {
  const { key } = entry
  const others = outdated(state, key, outcome, check)
  for (const variant of new Set([state.codec.variantOf(entry), ...others])) {
    state.pending.withdraw(key, variant)
  }
  session.fault(verifyMismatch(entry, describeDifference(difference)))
  onMismatch?.(difference)
}

function shortly(error: unknown): string {
  return String(error).split('\n', 1)[0]!.slice(0, 120)
}
