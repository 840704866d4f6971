import { resolve } from 'node:path'
import { openHasher } from '../key/index.ts'
import { buildRecord, recordOf } from './builds.ts'
import { findEntry, listEntries } from './catalog.ts'
import { createCodec } from './codec.ts'
import { readDropped, type DroppedKeys } from './dropped.ts'
import { isPruneDue, pruneState } from './prune.ts'
import { remember, unstored } from './remember.ts'
import { checkRequest } from './request.ts'
import { createSession, type Session } from './session.ts'
import { createInputSets } from './sets.ts'
import { type Hold, holdState } from './shared.ts'
import type { Compute } from './recording.ts'
import type { Cache, OpenCacheOptions, Remembered, RememberRequest } from './types.ts'

/**
 * Opens a store as one session. A folder that can't be read or written makes
 * a cache that remembers less, with a fault that says so; it never throws.
 */
export async function openCache(options: OpenCacheOptions): Promise<Cache> {
  const now = options.now ?? Date.now
  const session = createSession(options.mode ?? 'readwrite', now(), options.verify)
  if (session.mode === 'off') return await closedCache(resolve(options.dir), session)
  const hold = await holdState(options.dir)
  const { state } = hold
  const isNew = state.store.view.packs.length === 0 && state.store.builds.list().length === 0
  const listening = state.listen((fault) => session.fault(fault))
  state.sessions.add(session)
  if (session.mode !== 'readonly') await state.startWriting()
  const desk = { state, session, now }
  let closing: Promise<void> | undefined
  let dropped: DroppedKeys | undefined

  async function close(notes: Readonly<Record<string, unknown>>): Promise<void> {
    session.closed = true
    await state.pending.flush()
    if (session.mode !== 'readonly') {
      await writeRecord(hold, session, now(), notes)
      if (state.store.unwritable === undefined && isPruneDue(state, options)) {
        await pruneState(state, options)
      }
    }
    listening.stop()
    state.sessions.delete(session)
    hold.release()
  }

  return {
    dir: state.store.dir,
    isNew,
    build: session.build,
    faults: session.faults,
    remember: async (request, compute, options = {}) =>
      await remember(desk, request, compute, options),
    rememberNow: (request, compute, options = {}) => remember(desk, request, compute, options),
    inputSet: (parent, added) => state.sets.name(parent, added),
    flush: () => state.pending.flush(),
    close: (notes = {}) => (closing ??= close(notes)),
    async recordNow(notes = {}) {
      await state.pending.flush()
      state.store.refresh()
      return buildRecord(state, session, now(), notes)
    },
    entries: async () => listEntries(state, state.sessions, now()),
    facts: async (key) => findEntry(state, state.sessions, now(), key),
    dropped: (key) => (dropped ??= readDropped(state)).get(key),
  }
}

async function writeRecord(
  { state }: Hold,
  session: Session,
  endedAt: number,
  notes: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (state.store.unwritable !== undefined) return
  // Packs may have been merged since: uses are told of the packs that are there now.
  state.store.refresh()
  await state.store.builds.write(session.build, buildRecord(state, session, endedAt, notes))
}

/** A cache that only computes: nothing is read or written. */
async function closedCache(dir: string, session: Session): Promise<Cache> {
  const hasher = await openHasher()
  const sets = createInputSets(hasher, createCodec(hasher), undefined)
  const off = <T>(request: RememberRequest, compute: Compute<T>): Promise<Remembered<T>> => {
    checkRequest(request)
    return unstored(hasher.keyOf(request), compute, 'off')
  }
  return {
    dir,
    isNew: false,
    build: session.build,
    faults: session.faults,
    remember: async (request, compute) => await off(request, compute),
    rememberNow: off,
    inputSet: (parent, added) => sets.name(parent, added),
    async flush() {},
    async close() {},
    recordNow: async (notes = {}) => recordOf(session, new Map(), Date.now(), notes),
    entries: async () => [],
    facts: async () => undefined,
    dropped: () => undefined,
  }
}
