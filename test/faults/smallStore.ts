import { copyFileSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Cache,
  type EntryFacts,
  openCache,
  type OpenCacheOptions,
  prune,
  readBuilds,
  type BuildRecord,
  type Dropped,
} from '../../src/engine/index.ts'
import { openClosures } from '../../src/fingerprint/keptClosures.ts'
import { type KeyDigest, openHasher } from '../../src/key/index.ts'
import { openDigests } from '../../src/trace/index.ts'

const { digestText, keyOf } = await openHasher()
const day = 24 * 60 * 60 * 1000
const check = () => ({ sets: new Map(), holds: () => true })

/** By key: values of all shapes that the formats tell apart. */
const values: Readonly<Record<string, unknown>> = {
  plain: { code: 'x'.repeat(200), map: null, no: undefined },
  tagged: new Map<unknown, unknown>([[1n, new Uint8Array([1, 2, 3])]]),
  set: 'with a set of inputs',
  refreshed: 'the later one',
  late: [1, 'two', -0],
}
const keys = ['gone', 'withdrawn', ...Object.keys(values)]

/** All that can be read of a store. */
export interface Content {
  readonly values: ReadonlyMap<string, unknown>
  readonly entries: readonly EntryFacts[]
  readonly builds: readonly BuildRecord[]
  readonly dropped: ReadonlyMap<string, Dropped | undefined>
}

/** A store of few kilobytes that has one of everything: packs of each kind of row, checkpoint and numbers, records, notes. */
export async function writeSmallStore(dir: string): Promise<void> {
  const old = Date.now() - 40 * day
  await session(dir, (cache) => put(cache, 'gone', 'to be pruned'), {
    now: () => old,
    maxAge: 99 * day,
  })
  await session(dir, async (cache) => {
    await put(cache, 'plain', values['plain'])
    await put(cache, 'refreshed', 'the first one')
    await put(cache, 'set', values['set'], cache.inputSet(undefined, [input('a'), input('b')]))
  })
  await prune({ dir })
  await session(dir, (cache) => put(cache, 'refreshed', values['refreshed']), { mode: 'refresh' })
  await session(dir, async (cache) => {
    await put(cache, 'tagged', values['tagged'])
    await put(cache, 'plain', 'not asked for')
    await put(cache, 'withdrawn', 'not what is computed')
  })
  await session(dir, (cache) => put(cache, 'withdrawn', 'this is'), { mode: 'verify' })
  await session(dir, (cache) => put(cache, 'late', values['late']))
  const digests = openDigests(join(dir, 'digests/root'), digestText)
  digests.set('/a.js', { size: 1, mtimeMs: 2.5, ctimeMs: 3, ino: 4, digest: 'digest of a' })
  digests.save()
  const closures = openClosures(join(dir, 'digests/root.packages'), digestText)
  closures.set('/a.js', ['a 1.0.0', 'b 2.0.0'])
  closures.save()
  // packs count without a number, too, once they are old
  for (const name of readdirSync(join(dir, 'packs'))) utimesSync(join(dir, 'packs', name), 0, 0)
}

async function session(
  dir: string,
  use: (cache: Cache) => Promise<void>,
  options: Partial<OpenCacheOptions> = {},
): Promise<void> {
  const cache = await openCache({ dir, ...options })
  await use(cache)
  await cache.close({ said: 'something' })
}

async function put(
  cache: Cache,
  key: string,
  value: unknown,
  set?: ReturnType<Cache['inputSet']>,
): Promise<void> {
  const request = {
    namespace: 'small',
    parts: { key },
    tags: [`tag of ${key}`, cache.build.slice(-3)],
  }
  await cache.remember(
    request,
    (recorder) => {
      recorder.input(input(key))
      if (set !== undefined) recorder.inputs(set)
      return value
    },
    { check: check() },
  )
}

function input(name: string): { kind: string; name: string; value: string } {
  return { kind: 'file', name, value: '1' }
}

/** Reads all there is, as a new process would. */
export async function readContent(
  dir: string,
  mode: 'readonly' | 'readwrite' = 'readonly',
): Promise<Content> {
  const cache = await openCache({ dir, mode })
  const entries = await cache.entries()
  const read = new Map<string, unknown>()
  for (const key of keys) {
    const request = { namespace: 'small', parts: { key } }
    const result = await cache.remember<unknown>(
      request,
      (recorder) => void recorder.refuse('only read'),
      { check: check() },
    )
    if (result.status === 'hit') read.set(key, result.value)
  }
  const dropped = new Map(keys.map((key) => [key, cache.dropped(keyFor(key))]))
  const builds = await readBuilds(dir)
  await cache.close()
  return { values: read, entries, builds, dropped }
}

function keyFor(key: string): KeyDigest {
  return keyOf({ namespace: 'small', parts: { key } })
}

let copies = 0

/** What the files in `digests/` say, in copies: a process reads such a file once. */
export function readNotes(dir: string): unknown[] {
  return ['root', 'root.packages'].map((name) => {
    const file = join(dir, 'digests', name)
    const copy = `${file}.${copies++}`
    copyFileSync(file, copy)
    const open = name === 'root' ? openDigests : openClosures
    const known = open(copy, digestText).get('/a.js')
    rmSync(copy)
    return known
  })
}

/** A file of a store. */
export interface StoreFile {
  /** Relative to the store. */
  readonly path: string
  /** The same for each store that was written alike, e.g. `packs#2`. */
  readonly name: string
  readonly bytes: Buffer
}

/** The files of a store, but for the marks for other programs. */
export function filesOf(dir: string): StoreFile[] {
  return ['packs', 'order', 'builds', 'digests'].flatMap((folder) =>
    readdirSync(join(dir, folder))
      .map((name) => join(folder, name))
      .map((path) => ({ path, bytes: readFileSync(join(dir, path)) }))
      .sort((a, b) => a.bytes.length - b.bytes.length)
      .map((file, i) => ({ ...file, name: `${folder}#${i}` })),
  )
}
