import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Digest, type Hasher, openHasher } from '../../src/key/index.ts'
import {
  type Claim,
  type CommitRequest,
  openStore,
  type Row,
  rowName,
  rowVariant,
  type Store,
  type StoreFault,
  type Verdict,
} from '../../src/store/index.ts'
import { parseOrderRecord } from '../../src/store/order.ts'
import { parseTail, rowCheck, rowKind, rowLength, rowOffset } from '../../src/store/pack.ts'

export const hasher: Hasher = await openHasher()

/** A store that looks at everything on disk after each thing it does. */
export interface CheckedStore {
  readonly store: Store
  readonly faults: StoreFault[]
  commit(claims: readonly Claim[], more?: Partial<CommitRequest>): Promise<readonly Verdict[]>
  /** Texts of the claims of a name, first to last. */
  texts(name: Digest): string[]
  check(): void
}

export async function openChecked(
  dir: string,
  options: Partial<Parameters<typeof openStore>[0]> & { readonly readonly?: boolean } = {},
): Promise<CheckedStore> {
  const faults: StoreFault[] = []
  const store = openStore({ dir, hasher, onFault: (fault) => faults.push(fault), ...options })
  if (!options.readonly) await store.startWriting()

  const checked: CheckedStore = {
    store,
    faults,
    async commit(claims, more) {
      const verdicts = await store.commit({ claims, withdrawals: [], usable: () => true, ...more })
      checked.check()
      return verdicts
    },
    texts: (name) => store.claims(name).map((row) => textOf(store, row)),
    check() {
      checkFiles(dir)
      checkAgainstFresh(store)
    },
  }
  return checked
}

export function textOf(store: Store, row: Row): string {
  const read = store.read(row)
  if (read === undefined) return '(damaged)'
  return read.bytes.toString()
}

/** A digest that stands for a text. */
export function name(text: string): Digest {
  return hasher.digestText(text)
}

/** A claim whose bytes are `text`, with a blob `blob of <text>` along. */
export function claim(key: string, text: string, more: Partial<Claim> = {}): Claim {
  const bytes = Buffer.from(`blob of ${text}`)
  const blob = { name: hasher.digestBytes(bytes), bytes }
  return {
    name: name(key),
    variant: '00000000000000aa',
    bytes: Buffer.from(text),
    blobs: (known) => ({ along: known.has(blob.name) ? undefined : blob, others: [] }),
    withdraws: [],
    ...more,
  }
}

/** Makes packs this many minutes old: those without a number count after one minute. */
export function agePacks(
  dir: string,
  minutes: number,
  files: readonly string[] = readdirSync(join(dir, 'packs')),
): void {
  const time = new Date(Date.now() - minutes * 60_000)
  for (const file of files) {
    try {
      utimesSync(join(dir, 'packs', file), time, time)
    } catch {
      // A compaction deleted it meanwhile.
    }
  }
}

/** Every pack whole, every number in place, no temporary files. */
export function checkFiles(dir: string): void {
  const packs = join(dir, 'packs')
  for (const file of existsSync(packs) ? readdirSync(packs) : []) {
    const bytes = readFileSync(join(packs, file))
    expect(file).toBe(`${createHash('sha256').update(bytes).digest('hex')}.pack`)
    const index = parseTail(bytes, bytes.length, hasher)
    if (index === undefined || index === 'more') throw new Error(`${file} is no pack`)
    for (let row = 0; row < index.count; row++) {
      const start = rowOffset(index.rows, row)
      const record = bytes.subarray(start, start + rowLength(index.rows, row))
      expect(hasher.check64(record)).toBe(rowCheck(index.rows, row))
    }
  }
  checkOrder(join(dir, 'order'))
  const tmp = join(dir, 'tmp')
  expect(existsSync(tmp) ? readdirSync(tmp) : []).toEqual([])
}

function checkOrder(order: string): void {
  const numbers = existsSync(order)
    ? readdirSync(order)
        .map(Number)
        .sort((a, b) => a - b)
    : []
  let checkpoint = numbers[0] ?? 0
  for (const number of numbers) {
    const file = join(order, String(number).padStart(12, '0'))
    const bytes = readFileSync(statSync(file).isFile() ? file : join(file, 'record'))
    const record = parseOrderRecord(bytes, hasher)
    if (record === undefined) throw new Error(`${file} is no order record`)
    if (record.kind === 'base') checkpoint = number
  }
  const counted = numbers.filter((number) => number >= checkpoint)
  expect(counted).toEqual(counted.map((_, i) => checkpoint + i))
}

/** What an open store shows is what a new reader sees. */
function checkAgainstFresh(store: Store): void {
  store.refresh()
  const fresh = openStore({ dir: store.dir, hasher, onFault() {} })
  expect(contentOf(store)).toEqual(contentOf(fresh))
  fresh.close()
}

/** All that is in a store, by name. */
function contentOf(store: Store): Record<string, string[]> {
  const content: Record<string, string[]> = {}
  for (const pack of store.view.packs.slice()) {
    for (let index = 0; index < pack.count; index++) {
      const row = { pack, index }
      const key = `${rowKind(pack.rows, index)} ${rowName(pack.rows, index)}`
      const claims = store.claims(rowName(pack.rows, index))
      content[key] ??= claims.map(
        (found) => rowVariant(found.pack.rows, found.index) + textOf(store, found),
      )
      content[key].push(textOf(store, row))
    }
  }
  return content
}
