import type { KeyDigest } from '../key/index.ts'
import type { Desk } from './desk.ts'
import { verifyMismatch } from './faults.ts'
import type { Hit } from './lookup.ts'
import { type Compute, record } from './recording.ts'
import type { Remembered } from './types.ts'

/**
 * Computes what is stored once more and compares. A stored value that differs
 * is withdrawn and the fresh one returned; one that can't be compared, because
 * the computation refuses this time, stands.
 */
export async function audit<T>(
  { state, session }: Desk,
  key: KeyDigest,
  { entry, value, from }: Hit,
  compute: Compute<T>,
): Promise<Remembered<T>> {
  const computed = await record(compute)
  const encoded = state.codec.encode(computed.value)
  const comparable = computed.refused === undefined && 'bytes' in encoded
  if (!comparable || state.hasher.digestBytes(encoded.bytes) === entry.outcome) {
    session.use(from)
    const committed = Promise.resolve({ status: 'already_exists' as const, value: value as T })
    return { status: 'hit', key, value: value as T, savedMs: entry.computeMs, committed }
  }
  session.fault(verifyMismatch(entry))
  session.stored.not_stored++
  state.pending.withdraw(key, state.codec.variantOf(entry))
  const reason = 'verify_mismatch'
  const { value: fresh, computeMs } = computed
  const committed = Promise.resolve({ status: 'not_stored' as const, value: fresh, reason })
  return { status: 'miss', key, value: fresh, why: { reason }, computeMs, committed }
}
