import type { KeyDigest } from '../key/index.ts'
import { audit } from './audit.ts'
import type { Desk } from './desk.ts'
import type { Entry } from './entry.ts'
import { keep } from './keep.ts'
import { failingInput, type Hit, lookup } from './lookup.ts'
import { type Compute, record } from './recording.ts'
import { checkRequest } from './request.ts'
import { isSampled } from './sample.ts'
import type {
  Committed,
  MissReason,
  Remembered,
  RememberOptions,
  RememberRequest,
} from './types.ts'

/**
 * The one primitive: looks up, computes on a miss, stores, and gives the
 * canonical value. Every surface goes through it. A hit is answered without a
 * promise, for some callers ask thousands of times a second.
 */
export function remember<T>(
  desk: Desk,
  request: RememberRequest,
  compute: Compute<T>,
  options: RememberOptions,
): Remembered<T> | Promise<Remembered<T>> {
  const { state, session } = desk
  checkRequest(request)
  const key = state.hasher.keyOf(request)
  if (session.closed) return unstored(key, compute, 'closed')
  const found = find(desk, key, options)
  if (found instanceof Promise) return found.then(() => remember(desk, request, compute, options))
  if (!('entry' in found)) return waitOrCompute(desk, request, key, compute, options, found)
  const { entry, value, from } = found
  if (entry.build !== session.build && isSampled(session, key)) {
    return audit(desk, key, found, compute, options)
  }
  session.use(from)
  return hitOf(desk, request, key, entry, value as T)
}

function find(
  { state, session }: Desk,
  key: KeyDigest,
  { check }: RememberOptions,
): Hit | MissReason | Promise<unknown> {
  const onlyBuild = session.mode === 'refresh' ? session.build : undefined
  return lookup(state, key, { check, onlyBuild })
}

/** Joins a computation of this key that is under way, else is the one computation itself. */
async function waitOrCompute<T>(
  desk: Desk,
  request: RememberRequest,
  key: KeyDigest,
  compute: Compute<T>,
  options: RememberOptions,
  missed: MissReason,
): Promise<Remembered<T>> {
  const { state, session } = desk
  // another process, which builds at the same time, may have been faster
  if (state.hasNews()) return await remember(desk, request, compute, options)
  for (let why = missed; ;) {
    const flight = state.flights.of(key)
    const landed = flight && state.flights.join(flight)
    if (landed === undefined || landed === 'deadlock') {
      if (session.mode === 'refresh') why = { reason: 'refresh' }
      return await computeFirst(desk, request, key, compute, options, why)
    }
    const fresh = await landed
    let found = find(desk, key, options)
    while (found instanceof Promise) {
      await found
      found = find(desk, key, options)
    }
    if ('entry' in found) {
      session.use(found.from)
      return hitOf(desk, request, key, found.entry, found.value as T)
    }
    // Stored or not, the result of the one computation is good for all who waited.
    if (fresh !== undefined && failingInput(state, fresh.entry, options.check) === null) {
      const decoded = state.codec.decode(fresh.bytes)
      if (decoded !== undefined) return hitOf(desk, request, key, fresh.entry, decoded.value as T)
    }
    why = found
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
