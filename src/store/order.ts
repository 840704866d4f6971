import type { Hasher } from '../key/index.ts'

/**
 * The content of `order/<n>`: the pack that took number n; `adopt`, a pack
 * that had no number until a compaction gave it one; or a checkpoint, the
 * packs that stand for all numbers before it, first to last:
 *
 *   remember order 1
 *   base 3a7b…e1 90c4…07
 *   check 0f1e2d3c4b5a6978
 */
export type OrderRecord =
  | { readonly kind: 'pack' | 'adopt'; readonly sha: string }
  | { readonly kind: 'base'; readonly shas: readonly string[] }

const FIRST_LINE = 'remember order 1'
const SHA = /^[0-9a-f]{64}$/

export function buildOrderRecord(record: OrderRecord, hasher: Hasher): Buffer {
  const text = `${FIRST_LINE}\n${[record.kind, ...shasOf(record)].join(' ')}\n`
  return Buffer.from(`${text}check ${checkOf(text, hasher)}\n`)
}

/** Undefined for bytes that are no whole order record. */
export function parseOrderRecord(bytes: Buffer, hasher: Hasher): OrderRecord | undefined {
  const [first, second = '', last, ...rest] = bytes.toString('latin1').split('\n')
  if (first !== FIRST_LINE || rest.length !== 1 || rest[0] !== '') return undefined
  if (last !== `check ${checkOf(`${first}\n${second}\n`, hasher)}`) return undefined
  const [kind, ...shas] = second.split(' ')
  if (!shas.every((sha) => SHA.test(sha))) return undefined
  if (kind === 'base') return { kind, shas }
  const [sha] = shas
  if (sha === undefined || (kind !== 'pack' && kind !== 'adopt')) return undefined
  return { kind, sha }
}

/** The packs that an order record names; none for a damaged one. */
export function shasOf(record: OrderRecord | undefined): readonly string[] {
  if (record === undefined) return []
  return record.kind === 'base' ? record.shas : [record.sha]
}

function checkOf(text: string, hasher: Hasher): string {
  return hasher.check64(Buffer.from(text)).toString(16).padStart(16, '0')
}
