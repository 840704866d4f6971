import assert from 'node:assert/strict'
import { cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { prune } from '../../../src/engine/index.ts'
import { program, runCases, type Settings } from '../program.ts'
import {
  type Content,
  filesOf,
  readContent,
  readNotes,
  type StoreFile,
  writeSmallStore,
} from '../smallStore.ts'

// A small store with one byte of one file changed, or one file cut short: each byte and each
// length of each file. What is read is what was written, or it is not there.

await program(async (settings, home) => {
  const whole = join(home, 'whole')
  mkdirSync(whole)
  await writeSmallStore(whole)
  const content = await readContent(whole)
  const notes = readNotes(whole)
  const copy = join(home, 'copy')
  cpSync(whole, copy, { recursive: true, preserveTimestamps: true })

  const files = filesOf(whole)
  const all = files.flatMap((file) => [...flips(file, settings), ...cuts(file, settings)])
  const { only } = settings
  const cases = only === undefined ? all : all.filter(({ name }) => name === only)
  await runCases(cases, async ({ file, damaged }) => {
    put(copy, file, damaged())
    if (file.path.startsWith('digests')) {
      for (const [i, note] of readNotes(copy).entries()) {
        assert(note === undefined || isDeepStrictEqual(note, notes[i]), 'another note')
      }
    } else checkContent(await readContent(copy), content, 'as written')
    put(copy, file, file.bytes)
  })

  // writers move damage aside, write anew and compact
  const written = settings.full ? cases : cases.filter((_, i) => i % 97 === settings.seed % 97)
  await runCases(written, async ({ file, damaged }) => {
    const dir = join(home, 'written')
    cpSync(whole, dir, { recursive: true, preserveTimestamps: true })
    put(dir, file, damaged())
    for (let round = 0; round < 2; round++) {
      checkContent(await readContent(dir, 'readwrite'), content, 'used')
      await prune({ dir })
    }
    rmSync(dir, { recursive: true })
  })
  const count = (kind: string): number => cases.filter((one) => one.kind === kind).length
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  return {
    files: files.length,
    bytes,
    flips: count('flip'),
    cuts: count('cut'),
    written: written.length,
  }
})

interface Damage {
  readonly kind: 'flip' | 'cut'
  /** e.g. `packs#0:17:^4` (a bit), `packs#0:17:=ff` (a value) or `order#2:9:cut` */
  readonly name: string
  readonly file: StoreFile
  readonly damaged: () => Buffer
}

/** All bits of each byte, and all of them off and on; else one bit of every second byte. */
function* flips(file: StoreFile, { full, only, seed }: Settings): Iterable<Damage> {
  for (const [at, byte] of file.bytes.entries()) {
    const isAll = full || only !== undefined
    if (!isAll && (at + seed) % 2 === 1) continue
    const bits = isAll ? [0, 1, 2, 3, 4, 5, 6, 7] : [Math.floor((at + seed) / 2) % 8]
    const changes = bits.map((bit): [string, number] => [`^${bit}`, byte ^ (1 << bit)])
    if (bits.length > 1) changes.push(['=00', 0], ['=ff', 255])
    for (const [how, value] of changes) {
      if (value === byte) continue
      yield {
        kind: 'flip',
        name: `${file.name}:${at}:${how}`,
        file,
        damaged() {
          const bytes = Buffer.from(file.bytes)
          bytes[at] = value
          return bytes
        },
      }
    }
  }
}

/** At each length; else at every second. */
function* cuts(file: StoreFile, { full, only, seed }: Settings): Iterable<Damage> {
  for (let size = 0; size < file.bytes.length; size++) {
    if (!full && only === undefined && (size + seed) % 2 === 0) continue
    const damaged = (): Buffer => file.bytes.subarray(0, size)
    yield { kind: 'cut', name: `${file.name}:${size}:cut`, file, damaged }
  }
}

/** Puts a file into a store, old enough to count without a number. */
function put(dir: string, { path }: StoreFile, bytes: Buffer): void {
  writeFileSync(join(dir, path), bytes)
  utimesSync(join(dir, path), 0, 0)
}

/** What is there must be what was written; anything may be missing. */
function checkContent(seen: Content, whole: Content, how: 'as written' | 'used'): void {
  for (const [key, value] of seen.values) {
    assert(whole.values.has(key), `${key} is there`)
    assert(isDeepStrictEqual(value, whole.values.get(key)), `${key} is ${String(value)}`)
  }
  for (const { tags, hits, lastUsed, ...facts } of seen.entries) {
    const known = whole.entries.find(
      ({ key, createdAt }) => key === facts.key && createdAt === facts.createdAt,
    )
    assert(known !== undefined, 'an entry that is none')
    const { tags: allTags, hits: allHits, lastUsed: last, ...others } = known
    assert.deepEqual(facts, others)
    assert(
      tags.every((tag) => allTags.includes(tag)),
      `tags ${tags.join()}`,
    )
    if (how === 'used') continue
    assert(hits <= allHits && lastUsed <= last, 'more uses than there were')
  }
  for (const record of seen.builds) {
    const known = whole.builds.find(({ id }) => id === record.id)
    if (known !== undefined) assert(isDeepStrictEqual(record, known), `record ${record.id}`)
  }
  for (const [key, dropped] of seen.dropped) {
    if (dropped !== undefined) assert.deepEqual(dropped, whole.dropped.get(key))
  }
}
