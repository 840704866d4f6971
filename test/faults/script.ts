import assert from 'node:assert/strict'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  clear,
  openCache,
  prune,
  verifyStore,
  type Cache,
  type OpenCacheOptions,
} from '../../src/engine/index.ts'
import { openClosures } from '../../src/fingerprint/keptClosures.ts'
import { openHasher } from '../../src/key/index.ts'
import { openDigests } from '../../src/trace/index.ts'

/** What a session was told, for whoever checks the store afterwards. */
export type Told =
  | { readonly key: string; readonly status: string; readonly value: string }
  | { readonly done: 'prune' | 'clear' | 'verify' | 'session' }

export type Tell = (told: Told) => void

const day = 24 * 60 * 60 * 1000

/** A value tells its key and who computed it, so that any other value is seen to be wrong. */
export function valueOf(key: string, by: string): string {
  return `${key} by ${by}, ${key.repeat(200)}`
}

/** Remembers a key, checks the value that comes back, and tells how it ended once that is known. */
async function remember(cache: Cache, key: string, by: string, tell: Tell): Promise<void> {
  const fresh = valueOf(key, by)
  const check = { sets: new Map(), holds: () => true }
  const { value, status, committed } = await cache.remember<string>(
    { namespace: key.split('-')[0]!, parts: { key }, tags: [by], label: key },
    (recorder) => {
      recorder.input({ kind: 'file', name: key, value: '1' })
      recorder.inputs(cache.inputSet(undefined, [{ kind: 'file', name: 'shared', value: '1' }]))
      return fresh
    },
    { check },
  )
  assert(isValueOf(key, value), `${key} is "${value.slice(0, 40)}"`)
  if (status === 'hit') return
  assert.equal(value, fresh)
  void committed.then((end) => {
    assert(isValueOf(key, end.value), `${key} became "${end.value.slice(0, 40)}"`)
    tell({ key, status: end.status, value: end.value })
  })
}

/** A value that someone may have computed for the key. */
export function isValueOf(key: string, value: unknown): boolean {
  const by = /by (\w+)/.exec(String(value))?.[1] ?? ''
  return value === valueOf(key, by)
}

async function session(
  dir: string,
  by: string,
  keys: readonly string[],
  tell: Tell,
  options: Partial<OpenCacheOptions> = {},
): Promise<void> {
  const cache = await openCache({ dir, ...options })
  for (const key of keys) {
    await remember(cache, key, by, tell)
    if (key.endsWith('1')) await cache.flush()
  }
  await cache.close({ by })
  await cache.close()
  tell({ done: 'session' })
}

/** What is there before anything goes wrong: `old` is due to be pruned, `clear` to be cleared. */
export async function writePrelude(dir: string): Promise<void> {
  const ignore = (): void => {}
  const past = Date.now() - 40 * day
  await session(dir, 'past', ['old-1', 'old-2'], ignore, { now: () => past, maxAge: 100 * day })
  await session(dir, 'prelude', ['kept-1', 'kept-2', 'refresh-1', 'verify-1', 'clear-1'], ignore)
}

/** Everything that a store is ever used for, once. What is told depends on what goes wrong. */
export async function runScript(dir: string, tell: Tell): Promise<void> {
  await session(dir, 'first', ['kept-1', 'new-1', 'new-2', 'clear-2', 'new-3'], tell)
  await session(dir, 'refresh', ['refresh-1'], tell, { mode: 'refresh' })
  await session(dir, 'verify', ['verify-1'], tell, { mode: 'verify' })
  if ((await prune({ dir })).status === 'done') tell({ done: 'prune' })
  await keepNotes(join(dir, 'digests'))
  putGarbage(dir)
  await session(dir, 'second', ['new-2', 'new-4', 'kept-1'], tell)
  const cleared = await clear({ dir, where: ({ namespace }) => namespace === 'clear' })
  if (cleared.status === 'done') tell({ done: 'clear' })
  await verifyStore(dir, { fix: true })
  tell({ done: 'verify' })
  await session(dir, 'last', ['kept-1', 'kept-2', 'new-1', 'new-4', 'new-5'], tell)
}

/** The files of the rooms above the store that lie in its folder. */
async function keepNotes(folder: string): Promise<void> {
  const { digestText } = await openHasher()
  const digests = openDigests(join(folder, 'root'), digestText)
  digests.set('/a.js', { size: 1, mtimeMs: 2, ctimeMs: 3, ino: 4, digest: `digest of ${folder}` })
  digests.save()
  const closures = openClosures(join(folder, 'root.packages'), digestText)
  closures.set('/a.js', ['a 1.0.0'])
  closures.save()
}

/** A pack that is none, for the next one who opens the store to move aside. */
function putGarbage(dir: string): void {
  const file = join(dir, 'packs', `${'ab'.repeat(32)}.pack`)
  try {
    mkdirSync(join(dir, 'packs'), { recursive: true })
    writeFileSync(file, 'garbage')
    utimesSync(file, new Date(0), new Date(0))
  } catch {
    // something goes wrong here, too
  }
}
