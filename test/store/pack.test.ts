import { describe, expect, test } from 'vitest'
import {
  buildPack,
  isPackHeader,
  parseTail,
  rowAhead,
  rowCheck,
  rowKind,
  rowLength,
  rowName,
  rowOffset,
  rowVariant,
  tailSize,
} from '../../src/store/pack.ts'
import { KIND, NO_VARIANT } from '../../src/store/types.ts'
import { hasher, name } from './checkedStore.ts'

const nonce = Buffer.alloc(16, 7)
const drafts = [
  {
    kind: KIND.claim,
    name: name('a'),
    variant: '0123456789abcdef',
    bytes: Buffer.from('entry'),
    ahead: true,
  },
  {
    kind: KIND.blob,
    name: name('b'),
    variant: NO_VARIANT,
    bytes: Buffer.from('value'),
    ahead: false,
  },
  {
    kind: KIND.withdrawal,
    name: name('c'),
    variant: 'fedcba9876543210',
    bytes: Buffer.alloc(0),
    ahead: true,
  },
]

describe('a pack', () => {
  const file = buildPack(drafts, nonce, hasher)
  const index = parseTail(file, file.length, hasher)
  if (index === undefined || index === 'more') throw new Error('no index')
  const { rows } = index

  test('has the size in the format’s comment', () => {
    const one = [{ ...drafts[0], bytes: Buffer.from('abc') } as (typeof drafts)[0]]
    expect(buildPack(one, nonce, hasher)).toHaveLength(115)
  })

  test('gives back its rows', () => {
    expect(index.count).toBe(3)
    expect(isPackHeader(file)).toBe(true)
    drafts.forEach((draft, row) => {
      expect(rowKind(rows, row)).toBe(draft.kind)
      expect(rowName(rows, row)).toBe(draft.name)
      expect(rowVariant(rows, row)).toBe(draft.variant)
      expect(rowCheck(rows, row)).toBe(hasher.check64(draft.bytes))
      const start = rowOffset(rows, row)
      expect(file.subarray(start, start + rowLength(rows, row))).toEqual(draft.bytes)
    })
  })

  test('reads along what follows, where asked for and where something follows', () => {
    expect([0, 1, 2].map((row) => rowAhead(rows, row))).toEqual([5, 0, 0])
  })

  test('can be read from its end', () => {
    const size = tailSize(file.subarray(-32))
    expect(parseTail(file.subarray(-32), file.length, hasher)).toBe('more')
    expect(parseTail(file.subarray(-size), file.length, hasher)).toMatchObject({ count: 3 })
  })

  test('is not believed when any byte of rows or footer differs, or the size does', () => {
    const size = tailSize(file)
    for (let at = file.length - size; at < file.length; at++) {
      const bytes = Buffer.from(file)
      bytes[at] = (bytes[at] as number) ^ 0x10
      expect(parseTail(bytes, bytes.length, hasher)).toBe(undefined)
    }
    expect(parseTail(file, file.length + 1, hasher)).toBe(undefined)
    for (let length = 0; length < file.length; length++) {
      expect(parseTail(file.subarray(0, length), length, hasher)).toBe(undefined)
    }
  })

  test('of another version is not read', () => {
    const bytes = Buffer.from(file)
    bytes.writeUInt32LE(2, bytes.length - 32 + 12)
    bytes.writeBigUInt64LE(
      hasher.check64(bytes.subarray(bytes.length - tailSize(file), bytes.length - 16)),
      bytes.length - 16,
    )
    expect(parseTail(bytes, bytes.length, hasher)).toBe(undefined)
  })
})
