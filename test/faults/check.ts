import assert from 'node:assert/strict'
import { join } from 'node:path'
import { openCache, readBuilds, verifyStore } from '../../src/engine/index.ts'
import { openClosures } from '../../src/fingerprint/keptClosures.ts'
import { openHasher } from '../../src/key/index.ts'
import { openDigests } from '../../src/trace/index.ts'
import type { Act } from './injection.ts'
import { isValueOf, type Told, valueOf } from './script.ts'

/** By key, who stored it before anything went wrong. */
const before: Readonly<Record<string, string>> = {
  'kept-1': 'prelude',
  'kept-2': 'prelude',
  'refresh-1': 'prelude',
  'verify-1': 'prelude',
  'clear-1': 'prelude',
  'old-1': 'past',
  'old-2': 'past',
}
const keys = [...Object.keys(before), 'new-1', 'new-2', 'new-3', 'new-4', 'new-5', 'clear-2']

/**
 * Checks a store after something went wrong: what was committed is there and right, what was not
 * is absent, and the next session works.
 *
 * @param act `torn` and `late` leave less or more than what was told
 * @param end `died` when the process did not live to tell all
 */
export async function checkStore(
  dir: string,
  told: readonly Told[],
  act: Act,
  end: 'lived' | 'died',
): Promise<void> {
  const found = await readValues(dir)
  for (const key of keys) {
    const value = found.get(key)
    const text = `${key} is ${value?.slice(0, 30)}, told was ${describe(told, key)}`
    assert(value === undefined || isValueOf(key, value), text)
    const canonical = storedValues(told, key)
    if (value === undefined) {
      assert(canonical.length === 0 || act.kind === 'torn' || mayBeGone(key), text)
    } else if (key.startsWith('refresh') && (end === 'died' || act.kind === 'late')) {
      // who died, or was told that it failed, may have come to its end
    } else if (canonical.length > 0) {
      const right = act.kind === 'torn' ? canonical : canonical.slice(0, 1)
      assert(right.includes(value) && !wasCleared(key, told), text)
    } else {
      // written before the fault that made it fail, or by a process that told nothing any more
      assert(act.kind === 'late' || end === 'died', text)
    }
  }
  await checkNext(dir)
}

/** The values that somebody was told are stored, the one that counts first. */
function storedValues(told: readonly Told[], key: string): string[] {
  const stored = told.flatMap((one) =>
    'key' in one && one.key === key && one.status === 'stored' ? [one.value] : [],
  )
  const by = before[key]
  if (by === undefined) return stored
  // a refresh takes the place of what was there
  return key.startsWith('refresh') ? [...stored, valueOf(key, by)] : [valueOf(key, by), ...stored]
}

/** Keys that the script ends on purpose; a fault may keep it from that, or come after it. */
function mayBeGone(key: string): boolean {
  return /^(?:clear|old|verify)/.test(key)
}

function wasCleared(key: string, told: readonly Told[]): boolean {
  return key.startsWith('clear') && told.some((one) => 'done' in one && one.done === 'clear')
}

function describe(told: readonly Told[], key: string): string {
  const ends = told.flatMap((one) =>
    'key' in one && one.key === key ? [`${one.status} ${one.value.slice(0, 30)}`] : [],
  )
  return JSON.stringify(ends)
}

/** The values that a new reader gets; it may find nothing that can't be right. */
async function readValues(dir: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const cache = await openCache({ dir, mode: 'readonly' })
  const check = { sets: new Map(), holds: () => true }
  for (const key of keys) {
    const request = { namespace: key.split('-')[0]!, parts: { key } }
    const { status, value } = await cache.remember<string>(request, () => '', { check })
    if (status === 'hit') found.set(key, value)
  }
  for (const { label, tags } of await cache.entries()) {
    for (const tag of tags)
      assert.match(tag, /^(past|prelude|first|refresh|verify|second|last)$/, label)
  }
  await cache.close()
  await readBuilds(dir)

  const { digestText } = await openHasher()
  const known = openDigests(join(dir, 'digests', 'root'), digestText).get('/a.js')
  if (known !== undefined) assert.match(known.digest, /^digest of /)
  const closure = openClosures(join(dir, 'digests', 'root.packages'), digestText).get('/a.js')
  if (closure !== undefined) assert.deepEqual(closure, ['a 1.0.0'])
  return found
}

/** The next process works as if nothing had happened. */
async function checkNext(dir: string): Promise<void> {
  const request = { namespace: 'next', parts: {} }
  for (const status of ['miss', 'hit']) {
    const cache = await openCache({ dir })
    const result = await cache.remember(request, () => 'next')
    assert.deepEqual([result.status, result.value], [status, 'next'])
    await cache.flush()
    const { status: ended } = await result.committed
    assert.equal(ended, status === 'miss' ? 'stored' : 'already_exists')
    await cache.close()
  }
  const { damaged } = await verifyStore(dir, { fix: true })
  const left = (await verifyStore(dir)).damaged.filter(({ detail }) => detail !== 'no order record')
  assert.deepEqual(left, [], `fixed: ${JSON.stringify(damaged)}`)
}
