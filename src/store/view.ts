import { readdirSync, statSync } from 'node:fs'
import type { Digest } from '../key/index.ts'
import { closeFile } from './closeFile.ts'
import { type Context, errorCode } from './context.ts'
import { packOfName } from './layout.ts'
import { openPack } from './openPack.ts'
import { createOrderLog, type OrderLog, type OrderState } from './orderLog.ts'
import { rowKind, rowVariant } from './pack.ts'
import { quarantine } from './quarantine.ts'
import { createReader } from './reader.ts'
import { createTable } from './table.ts'
import { KIND, type Pack, type Read, type Row } from './types.ts'
import { lastWithdrawals, UNNUMBERED } from './withdrawals.ts'

/** All packs of a store as last looked at, and the rows in them. */
export interface View {
  readonly log: OrderLog
  /** The order as of the last refresh. */
  readonly order: OrderState
  /** Open packs, first to last. */
  readonly packs: readonly Pack[]
  /** Names of packs that are there but can't be read now. */
  readonly unreadable: ReadonlySet<string>
  /** Names of packs of another version of this package. */
  readonly foreign: ReadonlySet<string>
  /** How many reads of records could not be made, of all since it was opened. */
  readonly failedReads: number
  /** Looks at the disk again; `all` also for packs that have no number. */
  refresh(all: boolean): void
  /** Claims of a name that count, first to last; with `upTo` as they were before the packs of higher rank. */
  claims(name: Digest, upTo?: number): Row[]
  /** Where the content of that name is. */
  blob(name: Digest): Row | undefined
  /** The content of that name from the first whole copy; valid until the next read. */
  content(name: Digest): Buffer | undefined
  /** True when content is in a pack that has a place in the order, and so can't vanish unnoticed. */
  holds(name: Digest): boolean
  /** Facts that the highest checkpoint lists, by the name of their record. */
  facts(name: Digest): Row | undefined
  /** The bytes of a record; undefined, and the pack moved aside, when they are damaged. */
  read(row: Row): Read | undefined
  /** Stops using a pack, and moves it aside as damaged. */
  condemn(pack: Pack, detail: string): void
  close(): void
}

/** Packs without a number come after all that have one, by name, once they are this old in milliseconds. */
export const NUMBERING_TIME: number = 60 * 1000

/** The name of the one record of facts. */
export const FACTS_NAME: Digest = '0'.repeat(32) as Digest

export function createView(context: Context): View {
  const log = createOrderLog(context)
  const table = createTable()
  const bySha = new Map<string, Pack>()
  let loose: string[] = []
  let packs: Pack[] = []
  let unreadable = new Set<string>()
  let foreign = new Set<string>()
  let order = log.read()
  let failedReads = 0
  const read = createReader(context, condemn, () => failedReads++)

  function refresh(all: boolean): void {
    for (let attempt = 0; attempt < 20; attempt++) {
      const before = order
      order = log.read()
      if (order === before && !all) return
      // A compaction may also have merged packs that had no number when we looked.
      if (all || order.checkpoint !== before.checkpoint) loose = listPacks()
      // A pack that vanished was merged away when there is a newer checkpoint to read.
      if (!load() || log.read() === order) return
    }
  }

  function listPacks(): string[] {
    try {
      return readdirSync(context.layout.packs)
        .flatMap((name) => packOfName(name) ?? [])
        .sort()
    } catch (error) {
      const code = errorCode(error)
      if (code !== 'ENOENT') {
        const message = `Can't read ${context.layout.packs} (${code}).`
        context.fault({ code: 'store_unavailable', message })
      }
      return []
    }
  }

  /** Ranks of packs with withdrawals that can't be asked: what came before them may have been withdrawn. */
  let lost: number[] = []

  function findLost(): void {
    lost = order.ranked.flatMap(({ sha, withdraws, rank }) =>
      withdraws && !bySha.has(sha) ? [rank] : [],
    )
  }

  /** Opens what is new, drops what is replaced; true when a numbered pack is missing. */
  function load(): boolean {
    const ranks = new Map(order.ranked.map(({ sha, rank }) => [sha, rank]))
    const adopted = new Set(order.ranked.flatMap(({ sha, isAdopted }) => (isAdopted ? sha : [])))
    loose = loose.filter((sha) => !ranks.has(sha) && !order.replaced.has(sha))
    // Of a pack that seems to have no number, it may only be that the number can't be read.
    const left = loose.filter((sha) => bySha.has(sha) || (order.isWhole && isLeft(sha)))
    left.forEach((sha, i) => {
      ranks.set(sha, UNNUMBERED + i)
      adopted.add(sha)
    })
    const dropped = [...bySha.values()].filter(({ sha }) => !ranks.has(sha))
    for (const pack of dropped) drop(pack)

    const added: Pack[] = []
    let missing = false
    unreadable = new Set()
    foreign = new Set()
    for (const [sha, rank] of ranks) {
      const known = bySha.get(sha)
      const opened = known ?? openPack(context, sha)
      if (typeof opened === 'string') {
        if (opened === 'unreadable') unreadable.add(sha)
        if (opened === 'foreign') foreign.add(sha)
        missing ||= opened === 'missing' && rank < UNNUMBERED
        continue
      }
      opened.rank = rank
      opened.age = adopted.has(sha) ? 0 : rank
      if (known !== undefined) continue
      bySha.set(sha, opened)
      added.push(opened)
    }
    packs = [...bySha.values()].sort((a, b) => a.rank - b.rank)
    if (dropped.length === 0) for (const pack of added) table.add(pack)
    else rebuild()
    findLost()
    return missing
  }

  /** True when no writer is about to give the pack its number, or when it may have had one. */
  function isLeft(sha: string): boolean {
    if (order.hasLost) return true
    try {
      return statSync(context.layout.pack(sha)).mtimeMs < context.now() - NUMBERING_TIME
    } catch {
      return false
    }
  }

  function rebuild(): void {
    table.clear()
    for (const pack of packs) table.add(pack)
  }

  function drop(pack: Pack): void {
    pack.gone = true
    bySha.delete(pack.sha)
    packs = packs.filter((other) => other !== pack)
    closeFile(pack.fd)
  }

  function claims(name: Digest, upTo = Infinity): Row[] {
    const found = table.find(name)
    const isCounted = (row: Row): boolean => kindOf(row) === KIND.claim && row.pack.rank <= upTo
    const lostAt = lost.length === 0 ? 0 : Math.max(0, ...lost.filter((rank) => rank <= upTo))
    // as for most names: one claim and no withdrawal
    if (found.length === 1 && lostAt === 0 && isCounted(found[0]!)) return found
    const rows = found.filter(isCounted)
    if (rows.length < 2 && found.length === rows.length && lostAt === 0) return rows
    const withdrawn = lastWithdrawals(found, upTo, order.hasLost)
    return rows
      .filter(({ pack, index }) => {
        const ended = withdrawn.get(rowVariant(pack.rows, index)) ?? 0
        return pack.age >= Math.max(ended, lostAt)
      })
      .sort((a, b) => a.pack.rank - b.pack.rank)
  }

  function blob(name: Digest): Row | undefined {
    return table.find(name).find((row) => kindOf(row) === KIND.blob)
  }

  function content(name: Digest): Buffer | undefined {
    for (;;) {
      const row = blob(name)
      const bytes = row && read(row)?.bytes
      // A damaged pack is gone now: there may be a copy in another one.
      if (bytes !== undefined || !row?.pack.gone) return bytes
    }
  }

  function condemn(pack: Pack, detail: string): void {
    if (pack.gone) return
    drop(pack)
    findLost()
    quarantine(context, context.layout.pack(pack.sha), detail)
  }

  return {
    log,
    get order() {
      return order
    },
    get packs() {
      return packs
    },
    get unreadable() {
      return unreadable
    },
    get foreign() {
      return foreign
    },
    get failedReads() {
      return failedReads
    },
    refresh,
    claims,
    blob,
    content,
    holds: (name) =>
      table.find(name).some((row) => kindOf(row) === KIND.blob && row.pack.rank < UNNUMBERED),
    facts(name) {
      // Facts in packs that a compaction wrote and could not make count are not folded from all records.
      const { checkpoint } = order
      return table.find(name).find(({ pack }) => pack.rank < checkpoint)
    },
    read,
    condemn,
    close() {
      for (const pack of bySha.values()) drop(pack)
      table.clear()
    },
  }
}

function kindOf(row: Row): number {
  return rowKind(row.pack.rows, row.index)
}
