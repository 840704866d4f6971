import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openCache, readBuilds, verifyStore, type Cache } from '../../src/engine/index.ts'
import { claim, openChecked } from '../store/checkedStore.ts'
import { tempDir } from '../support/temp.ts'

const isRoot = process.geteuid?.() === 0
const NOBODY = 65534

/** Root may write everywhere: runs as nobody for the rest of the test. */
function dropRights(): void {
  if (!isRoot) return
  process.seteuid?.(NOBODY)
  onTestFinished(() => process.seteuid?.(0))
}

const asked = (id: unknown) => ({ namespace: 'test', parts: { id } })

/** Remembers two keys and says what became of each. */
async function ends(cache: Cache): Promise<string[]> {
  const texts: string[] = []
  for (const id of ['a', 'new']) {
    const result = await cache.remember(asked(id), () => `value of ${id}`)
    expect(result.value).toBe(`value of ${id}`)
    await cache.flush()
    const committed = await result.committed
    expect(committed.value).toBe(`value of ${id}`)
    texts.push(committed.status === 'not_stored' ? committed.reason : committed.status)
  }
  return texts
}

async function filled(dir: string): Promise<void> {
  const cache = await openCache({ dir })
  await cache.remember(asked('a'), () => 'value of a')
  await cache.close()
}

describe('a folder that can’t be written', () => {
  test('because a file is in its place', async () => {
    const dir = join(tempDir(), 'store')
    writeFileSync(dir, 'x')
    const cache = await openCache({ dir })
    expect(await ends(cache)).toEqual(['ENOTDIR', 'ENOTDIR'])
    expect(cache.faults.map(({ code }) => code)).toContain('store_unavailable')
    await cache.close()
    expect(readFileSync(dir, 'utf8')).toBe('x')
  })

  test('because a parent is a file', async () => {
    const dir = join(tempDir(), 'file', 'store')
    writeFileSync(join(dir, '..'), 'x')
    const cache = await openCache({ dir })
    expect(await ends(cache)).toEqual(['ENOTDIR', 'ENOTDIR'])
    await cache.close()
  })

  test('because its rights do not allow it: what is there is read', async () => {
    const dir = tempDir()
    await filled(dir)
    const folders = ['packs', 'order', 'builds', 'quarantine', 'tmp'].map((name) => join(dir, name))
    chmodSync(join(dir, '..'), 0o755)
    for (const folder of [dir, ...folders]) chmodSync(folder, 0o555)
    onTestFinished(() => {
      for (const folder of [dir, ...folders]) chmodSync(folder, 0o755)
    })
    dropRights()
    const cache = await openCache({ dir })
    expect(await ends(cache)).toEqual(['already_exists', 'EACCES'])
    expect(cache.faults.filter(({ code }) => code === 'write_failed')).toHaveLength(1)
    await cache.close()
  })

  test('nor read, because its rights do not allow it', async () => {
    const dir = tempDir()
    await filled(dir)
    chmodSync(join(dir, '..'), 0o755)
    chmodSync(dir, 0o000)
    onTestFinished(() => chmodSync(dir, 0o755))
    dropRights()
    const cache = await openCache({ dir })
    expect(await ends(cache)).toEqual(['EACCES', 'EACCES'])
    expect(cache.faults.map(({ code }) => code)).toContain('store_unavailable')
    await cache.close()
  })

  test('a pack that must not be read is left where it is', async () => {
    const dir = tempDir()
    await filled(dir)
    const packs = join(dir, 'packs')
    const [pack] = readdirSync(packs) as [string]
    chmodSync(join(packs, pack), 0o000)
    chmodSync(join(dir, '..'), 0o755)
    chmodSync(dir, 0o777)
    for (const name of readdirSync(dir)) chmodSync(join(dir, name), 0o777)
    dropRights()
    const cache = await openCache({ dir })
    expect(await ends(cache)).toEqual(['stored', 'stored'])
    expect(cache.faults.map(({ code }) => code)).toEqual(['unreadable'])
    await cache.close()
    expect(readdirSync(packs)).toContain(pack)
  })
})

describe('a full disk', () => {
  const noSpace = async (): Promise<never> => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }

  test('ends writing with one fault', async () => {
    const { faults, store } = await openChecked(tempDir(), { link: noSpace })
    const commit = (key: string) =>
      store.commit({ claims: [claim(key, key)], withdrawals: [], usable: () => true })
    expect(await commit('a')).toEqual([{ status: 'failed', reason: 'ENOSPC' }])
    expect(await commit('b')).toEqual([{ status: 'failed', reason: 'ENOSPC' }])
    expect(await store.replace(() => undefined)).toBe('failed')
    expect(faults).toEqual([{ code: 'write_failed', message: expect.stringContaining('ENOSPC') }])
    expect(readdirSync(join(store.dir, 'tmp'))).toEqual([])
  })

  test.skipIf(!isRoot || process.platform !== 'linux')(
    'for real: reading goes on, nothing breaks',
    async () => {
      const dir = mounted('size=256k')
      const cache = await openCache({ dir })
      const first = await cache.remember(asked(0), () => 'small')
      await cache.flush()
      expect(await first.committed).toMatchObject({ status: 'stored' })
      const reasons: unknown[] = []
      for (let i = 1; i < 20; i++) {
        const value = `${i} `.repeat(20_000)
        const miss = await cache.remember(asked(i), () => value)
        expect(miss.value).toBe(value)
        await cache.flush()
        const committed = await miss.committed
        if (committed.status === 'not_stored') reasons.push(committed.reason)
      }
      expect(reasons.length).toBeGreaterThan(10)
      expect(new Set(reasons)).toEqual(new Set(['ENOSPC']))
      expect(cache.faults.map(({ code }) => code)).toEqual(['write_failed'])
      expect((await cache.remember(asked(0), () => 'new')).status).toBe('hit')
      await cache.close()
      expect(readdirSync(join(dir, 'tmp'))).toEqual([])
      expect((await verifyStore(dir)).damaged).toEqual([])
      const again = await openCache({ dir, mode: 'readonly' })
      expect((await again.remember(asked(0), () => 'new')).status).toBe('hit')
      await again.close()
    },
  )

  test.skipIf(!isRoot || process.platform !== 'linux')(
    'a read-only file system is read',
    async () => {
      const dir = mounted('size=1m')
      await filled(dir)
      execFileSync('mount', ['-o', 'remount,ro', dir])
      const cache = await openCache({ dir })
      expect(await ends(cache)).toEqual(['already_exists', 'EROFS'])
      expect(cache.faults).toHaveLength(1)
      await cache.close()
      expect(await readBuilds(dir)).toHaveLength(1)
    },
  )

  /** A small file system in memory, gone after the test. */
  function mounted(options: string): string {
    const dir = tempDir()
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dir])
    onTestFinished(() => {
      execFileSync('umount', ['-l', dir])
    })
    return dir
  }
})

describe('a damaged store', () => {
  const packOf = (dir: string): string =>
    join(dir, 'packs', readdirSync(join(dir, 'packs'))[0] as string)

  function flip(file: string, at: number): void {
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] as number) ^ 1
    writeFileSync(file, bytes)
  }

  test('a damaged entry is a miss that says so, and is stored again', async () => {
    const dir = tempDir()
    await filled(dir)
    flip(packOf(dir), 32)
    const cache = await openCache({ dir })
    const miss = await cache.remember(asked('a'), () => 'value of a')
    expect(miss).toMatchObject({ status: 'miss', why: { reason: 'damaged', detail: 'an entry' } })
    expect(cache.faults.map(({ code }) => code)).toEqual(['damaged'])
    await cache.close()
    expect((await miss.committed).status).toBe('stored')
    const next = await openCache({ dir })
    expect((await next.remember(asked('a'), () => 0)).status).toBe('hit')
    await next.close()
  })

  test('a value that is lost is a miss too; the entry is whole again when someone brings the value', async () => {
    const dir = tempDir()
    // The second entry has the value that the first one brought.
    for (const id of ['a', 'b']) {
      const cache = await openCache({ dir })
      await cache.remember(asked(id), () => 'same')
      await cache.close()
    }
    const [first] = readdirSync(join(dir, 'order')).sort()
    const sha = /pack (\w+)/.exec(readFileSync(join(dir, 'order', first as string), 'utf8'))?.[1]
    rmSync(join(dir, 'packs', `${sha}.pack`))
    const cache = await openCache({ dir })
    const miss = await cache.remember(asked('b'), () => 'same')
    expect(miss).toMatchObject({ status: 'miss', why: { reason: 'damaged', detail: 'a value' } })
    await cache.close()
    expect(await miss.committed).toEqual({ status: 'race_lost', value: 'same' })
    const next = await openCache({ dir })
    expect(await next.remember(asked('b'), () => 0)).toMatchObject({ status: 'hit', value: 'same' })
    await next.close()
  })

  test('verifyStore names it, and with fix puts it aside', async () => {
    const dir = tempDir()
    await filled(dir)
    const file = packOf(dir)
    flip(file, 40)
    const damaged = [{ file, detail: 'a record with another checksum' }]
    expect((await verifyStore(dir)).damaged).toEqual(damaged)
    expect((await verifyStore(dir, { fix: true })).damaged).toEqual(damaged)
    expect(await verifyStore(dir)).toEqual({ packs: 0, entries: 0, size: 0, damaged: [] })
    expect(readdirSync(join(dir, 'quarantine'))).toHaveLength(1)
  })

  test('each byte of a pack flipped: never a wrong value, never a throw', async () => {
    const dir = tempDir()
    await filled(dir)
    const file = packOf(dir)
    const good = readFileSync(file)
    for (let at = 0; at < good.length; at++) {
      flip(file, at)
      const cache = await openCache({ dir, mode: 'readonly' })
      const result = await cache.remember(asked('a'), () => 'computed')
      expect(result.value).toBe(result.status === 'hit' ? 'value of a' : 'computed')
      await cache.entries()
      await cache.close()
      writeFileSync(file, good)
    }
  })
})

test('the whole folder may vanish under an open cache', async () => {
  const dir = join(tempDir(), 'store')
  mkdirSync(dir)
  const cache = await openCache({ dir })
  await ends(cache)
  rmSync(dir, { recursive: true })
  expect(await ends(cache)).toEqual(['already_exists', 'already_exists'])
  const late = await cache.remember(asked('late'), () => 1)
  await cache.close()
  expect(await late.committed).toMatchObject({ status: 'stored' })
  expect(await readBuilds(dir)).toHaveLength(1)
})
