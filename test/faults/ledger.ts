import assert from 'node:assert/strict'
import { type Line, writerOf } from './soakLines.ts'

/** What all processes of a soak were told about one key and trace. */
interface Account {
  /** Processes that were told `stored`. */
  readonly stored: string[]
  /** Whose values others were given. */
  readonly given: Set<string>
}

/** Keeps books on what the processes of a soak say. */
export interface Ledger {
  /** @param by the process that says it */
  note(by: string, line: Line): void
  /** What every account must come to; `read` gives the value that a new reader finds. */
  settle(
    killed: ReadonlySet<string>,
    read: (key: string) => Promise<string | undefined>,
  ): Promise<void>
  readonly counts: Record<
    'keys' | 'stored' | 'given' | 'prunes' | 'clears' | 'verified' | 'orphans',
    number
  >
}

export function createLedger(): Ledger {
  const accounts = new Map<string, Account>()
  const counts = { keys: 0, stored: 0, given: 0, prunes: 0, clears: 0, verified: 0, orphans: 0 }

  function note(by: string, line: Line): void {
    if (!('key' in line)) {
      if (line.did === 'prune') counts.prunes++
      else if (line.did === 'clear') counts.clears++
      else {
        counts.verified++
        assert.deepEqual(line.damaged, [], 'damaged files')
      }
      return
    }
    const { key, told, value } = line
    const writer = writerOf(key, value)
    assert(writer !== undefined, `${key} is ${value.slice(0, 60)} for ${by}`)
    let account = accounts.get(key)
    if (account === undefined) {
      accounts.set(key, (account = { stored: [], given: new Set() }))
      counts.keys++
    }
    if (told === 'stored') {
      assert.equal(writer, by, `${key} stored by ${by}`)
      account.stored.push(by)
      counts.stored++
    } else if (told === 'not_stored') {
      assert.equal(writer, by)
    } else {
      account.given.add(writer)
      counts.given++
    }
  }

  return {
    counts,
    note,
    async settle(killed, read) {
      for (const [key, { stored, given }] of accounts) {
        const value = await read(key)
        const found = value === undefined ? undefined : writerOf(key, value)
        const about = `${key}: stored by ${stored}, given those of ${[...given]}, found ${found}`
        assert(value === undefined || found !== undefined, about)
        // what is pruned or cleared may be stored again by another one
        if (!key.startsWith('kept')) continue
        assert(stored.length <= 1, `two were told that they stored ${about}`)
        const [winner] = stored
        if (winner !== undefined) assert.equal(found, winner, `lost or another: ${about}`)
        for (const writer of given) {
          if (writer === (winner ?? found)) continue
          // a process that died before its pack had a number: read for as long as nobody has stored the key
          assert(killed.has(writer) && writer !== winner, `not the canonical value: ${about}`)
          counts.orphans++
        }
      }
    },
  }
}
