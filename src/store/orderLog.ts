import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Context, errorCode } from './context.ts'
import { slotOfName } from './layout.ts'
import { type NamedPack, type OrderRecord, parseOrderRecord } from './order.ts'

export interface RankedPack extends NamedPack {
  readonly rank: number
  /** A compaction gave it the number, some time after it was written. */
  readonly isAdopted: boolean
}

/** The order of packs as it was when `order/` was listed. */
export interface OrderState {
  /** The number after the highest taken one. */
  readonly next: number
  /** The number of the highest checkpoint; 0 when there is none. */
  readonly checkpoint: number
  /** Packs that count, first to last, with their ranks. */
  readonly ranked: readonly RankedPack[]
  /** Packs named below the checkpoint that it does not list: merged away, to be deleted. */
  readonly replaced: ReadonlySet<string>
  /** Numbers below the checkpoint that still have a file. */
  readonly old: readonly number[]
  /** False while something of it can't be read: there are packs then whose place is not known. */
  readonly isWhole: boolean
  /** True when what took a number is lost: packs that seem to have none may have had one. */
  readonly hasLost: boolean
}

/** Reads `order/`; order files never change, so each is read once. */
export interface OrderLog {
  read(): OrderState
  /** What took a number; undefined for a damaged or unreadable file. */
  slot(number: number): OrderRecord | undefined
}

/** How often a listing that makes no sense is made again. */
const MAX_LISTINGS = 10

const EMPTY: OrderState = {
  next: 1,
  checkpoint: 0,
  ranked: [],
  replaced: new Set(),
  old: [],
  isWhole: true,
  hasLost: false,
}

export function createOrderLog(context: Context): OrderLog {
  const { layout, hasher } = context
  /** Damaged ones are undefined. */
  let known = new Map<number, OrderRecord | undefined>()
  /** Those that could not be read, which are tried again. */
  const unread = new Set<number>()
  let folder = ''
  /** The highest number seen in this folder. */
  let highest = 0
  let listed = ''
  let state = EMPTY

  /** False when there is no such file. */
  function load(number: number): boolean {
    if (known.has(number)) return true
    const bytes = readSlot(layout.slot(number))
    if (bytes === 'missing') return false
    const record = bytes === 'unreadable' ? undefined : parseOrderRecord(bytes, hasher)
    if (bytes === 'unreadable') unread.add(number)
    else known.set(number, record)
    // It stays where it is, for its number stays taken.
    if (record === undefined) {
      const message = `${layout.slot(number)} is ${bytes === 'unreadable' ? bytes : 'damaged'} and is not used.`
      context.fault({ code: 'damaged', message })
    }
    return true
  }

  /** Undefined when the folder can't be read now. */
  function list(): number[] | undefined {
    try {
      const { ino, birthtimeMs } = statSync(layout.order)
      const found = `${ino}:${birthtimeMs}`
      // Another folder under the same name: the store was deleted and made anew.
      if (found !== folder) {
        known = new Map()
        highest = 0
      }
      folder = found
      return readdirSync(layout.order)
        .flatMap((name) => slotOfName(name) ?? [])
        .sort((a, b) => a - b)
    } catch (error) {
      const code = errorCode(error)
      if (code === 'ENOENT') return []
      const message = `Can't read ${layout.order} (${code}).`
      context.fault({ code: 'store_unavailable', message })
      return undefined
    }
  }

  /**
   * A listing made while others add and remove files may lack some of either.
   * It is a state that once was when its numbers follow each other from a
   * checkpoint or from 1 on: above the highest checkpoint none is ever freed.
   * If not, or if it shows less than was seen before, list again. Numbers
   * deleted by hand leave gaps for good; then what is left is taken as it is.
   */
  function read(): OrderState {
    for (let attempt = 0; ; attempt++) {
      unread.clear()
      const numbers = list()
      if (numbers === undefined) {
        listed = ''
        state = asUnread(state)
        return state
      }
      const key = `${folder}:${numbers.join()}`
      if (key === listed) return state
      // A number may be freed by hand and taken again.
      for (const number of known.keys()) if (!numbers.includes(number)) known.delete(number)
      const isLast = attempt === MAX_LISTINGS
      const made = (numbers.at(-1) ?? 0) < highest ? undefined : interpret(numbers, false)
      if (made === undefined && !isLast) continue
      state = made ?? interpret(numbers, true) ?? EMPTY
      highest = state.next - 1
      listed = made === undefined || !state.isWhole ? '' : key
      return state
    }
  }

  function interpret(numbers: readonly number[], tolerant: boolean): OrderState | undefined {
    const last = numbers.at(-1)
    if (last === undefined) return EMPTY
    const first = tolerant ? (numbers[0] ?? 1) : 1
    let checkpoint = 0
    let hasLost = false
    const after: RankedPack[] = []
    for (let number = last; number >= first; number--) {
      if (!load(number)) {
        if (!tolerant) return undefined
        hasLost = true
        continue
      }
      const record = known.get(number)
      hasLost ||= record === undefined && !unread.has(number)
      if (record === undefined) continue
      const { kind, packs } = record
      packs.toReversed().forEach((pack, i) => {
        const rank = kind === 'base' ? number - (i + 1) / (packs.length + 1) : number
        after.push({ ...pack, rank, isAdopted: kind === 'adopt' })
      })
      if (kind !== 'base') continue
      checkpoint = number
      break
    }
    const old = numbers.filter((number) => number < checkpoint)
    return {
      next: last + 1,
      checkpoint,
      ranked: unique(after.reverse()),
      ...replacedBy(old, after),
      isWhole: unread.size === 0,
      hasLost,
    }
  }

  function replacedBy(
    old: readonly number[],
    counted: readonly { sha: string }[],
  ): Pick<OrderState, 'old' | 'replaced'> {
    const replaced = new Set<string>()
    for (const number of old) {
      load(number)
      for (const { sha } of known.get(number)?.packs ?? []) replaced.add(sha)
    }
    for (const { sha } of counted) replaced.delete(sha)
    return { old, replaced }
  }

  return {
    read,
    slot(number) {
      load(number)
      return known.get(number)
    },
  }
}

/** What was known before the folder could not be read. */
function asUnread(state: OrderState): OrderState {
  return { ...state, isWhole: false }
}

/** A pack may have two numbers, its writer's and the one a compaction gave it: the first counts. */
function unique<T extends { readonly sha: string }>(ranked: readonly T[]): T[] {
  const seen = new Set<string>()
  return ranked.filter(({ sha }) => !seen.has(sha) && seen.add(sha))
}

/** The content of an order file, or of the folder that stands for one where links are not supported. */
function readSlot(file: string): Buffer | 'missing' | 'unreadable' {
  for (const path of [file, join(file, SLOT_RECORD)]) {
    try {
      return readFileSync(path)
    } catch (error) {
      const code = errorCode(error)
      if (code === 'ENOENT') return path === file ? 'missing' : 'unreadable'
      if (code !== 'EISDIR') return 'unreadable'
    }
  }
  return 'unreadable'
}

/** The one file in a folder that took a number. */
export const SLOT_RECORD = 'record'
