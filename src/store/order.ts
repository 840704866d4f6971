import type { Hasher } from '../key/index.ts'

/** A pack as the order knows it. */
export interface NamedPack {
  readonly sha: string
  /**
   * It has withdrawals: without it nothing is known of what came before, and a value that was found
   * to be wrong might be taken for right.
   */
  readonly withdraws: boolean
}

/**
 * The content of `order/<n>`: the pack that took number n; `adopt`, a pack
 * that had no number until a compaction gave it one; or a checkpoint, the
 * packs that stand for all numbers before it, first to last. A mark stands
 * behind those that have withdrawals:
 *
 *   remember order 1
 *   base 3a7b…e1 90c4…07!
 *   check 0f1e2d3c4b5a6978
 */
export interface OrderRecord {
  readonly kind: 'pack' | 'adopt' | 'base'
  /** One, but for a checkpoint. */
  readonly packs: readonly NamedPack[]
}

const FIRST_LINE = 'remember order 1'
const PACK = /^([0-9a-f]{64})(!?)$/

export function buildOrderRecord({ kind, packs }: OrderRecord, hasher: Hasher): Buffer {
  const names = packs.map(({ sha, withdraws }) => `${sha}${withdraws ? '!' : ''}`)
  const text = `${FIRST_LINE}\n${[kind, ...names].join(' ')}\n`
  return Buffer.from(`${text}check ${checkOf(text, hasher)}\n`)
}

/** Undefined for bytes that are no whole order record. */
export function parseOrderRecord(bytes: Buffer, hasher: Hasher): OrderRecord | undefined {
  const [first, second = '', last, ...rest] = bytes.toString('latin1').split('\n')
  if (first !== FIRST_LINE || rest.length !== 1 || rest[0] !== '') return undefined
  if (last !== `check ${checkOf(`${first}\n${second}\n`, hasher)}`) return undefined
  const [kind, ...names] = second.split(' ')
  const packs: NamedPack[] = []
  for (const name of names) {
    const [, sha, mark] = PACK.exec(name) ?? []
    if (sha === undefined) return undefined
    packs.push({ sha, withdraws: mark === '!' })
  }
  if (kind === 'base') return { kind, packs }
  return (kind === 'pack' || kind === 'adopt') && packs.length === 1 ? { kind, packs } : undefined
}

function checkOf(text: string, hasher: Hasher): string {
  return hasher.check64(Buffer.from(text)).toString(16).padStart(16, '0')
}
