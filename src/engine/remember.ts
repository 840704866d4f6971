import type { KeyDigest } from '../key/index.ts'
import { audit } from './audit.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './entry.ts'
import { keep } from './keep.ts'
import { failingInput, lookup } from './lookup.ts'
import { type Compute, record } from './recording.ts'
import { checkRequest } from './request.ts'
import type { Fresh } from './state.ts'
import type {
  Committed,
  MissReason,
  Remembered,
  RememberOptions,
  RememberRequest,
} from './types.ts'

/**
 * The one primitive: looks up, computes on a miss, stores, and gives the
 * canonical value. Every surface goes through it.
 */
export async function remember<T>(
  desk: Desk,
  request: RememberRequest,
  compute: Compute<T>,
  options: RememberOptions,
): Promise<Remembered<T>> {
  const { state, session } = desk
  checkRequest(request)
  const key = state.hasher.keyOf(request)
  if (session.closed) return await unstored(key, compute, 'closed')
  const { check } = options
  const onlyBuild = session.mode === 'refresh' ? session.build : undefined
  let fresh: Fresh | undefined

  for (;;) {
    const found = lookup(state, key, { check, onlyBuild })
    if ('entry' in found) {
      const { entry, value, from } = found
      if (session.mode === 'verify' && entry.build !== session.build) {
        return await audit(desk, key, found, compute)
      }
      session.use(from)
      return hitOf(desk, request, key, entry, value as T)
    }
    // Stored or not, the result of the one computation is good for all who waited.
    if (fresh !== undefined && failingInput(state, fresh.entry, check) === null) {
      const decoded = state.codec.decode(fresh.bytes)
      if (decoded !== undefined) return hitOf(desk, request, key, fresh.entry, decoded.value as T)
    }
    const flight = state.flights.of(key)
    const landed = flight && state.flights.join(flight)
    if (landed === undefined || landed === 'deadlock') {
      const why: MissReason = session.mode === 'refresh' ? { reason: 'refresh' } : found
      return await computeFirst(desk, request, key, compute, options, why)
    }
    fresh = await landed
  }
}

function hitOf<T>(
  { session }: Desk,
  { tags }: RememberRequest,
  key: KeyDigest,
  entry: Entry,
  value: T,
): Remembered<T> {
  if (tags !== undefined) session.tag(key, tags, entry.tags)
  const committed = Promise.resolve<Committed<T>>({ status: 'already_exists', value })
  return { status: 'hit', key, value, savedMs: entry.computeMs, committed }
}

/** Runs `compute` as the one computation of this key in this process. */
async function computeFirst<T>(
  desk: Desk,
  request: RememberRequest,
  key: KeyDigest,
  compute: Compute<T>,
  { check }: RememberOptions,
  why: MissReason,
): Promise<Remembered<T>> {
  let result: Remembered<T> | undefined
  await desk.state.flights.run(key, async () => {
    const computed = await record(compute)
    const { value, computeMs } = computed
    const { committed, fresh } = keep(desk, request, key, computed, check)
    result = { status: 'miss', key, value, why, computeMs, committed }
    return fresh
  })
  return result as Remembered<T>
}

/** Runs `compute` with nothing looked up and nothing kept. */
export async function unstored<T>(
  key: KeyDigest,
  compute: Compute<T>,
  reason: string,
): Promise<Remembered<T>> {
  const { value, computeMs } = await record(compute)
  const committed = Promise.resolve<Committed<T>>({ status: 'not_stored', value, reason })
  return { status: 'miss', key, value, why: { reason: 'off' }, computeMs, committed }
}
