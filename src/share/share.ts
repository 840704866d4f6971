import type { BuildRecord } from '../engine/index.ts'
import { connect, type ConnectFrom, type Connection } from './connect.ts'
import { waitAtMost } from './patience.ts'
import { nothingPulled, pull, type Pulled } from './pull.ts'
import { push } from './push.ts'

/** What the builds of one process share with other machines. Nothing of it throws. */
export interface Share {
  /** A build begins. */
  begin(): BuildShare
  /** Resolves when all that is to come is here, or when the time to wait for it is up. */
  ready(): Promise<void>
  /** False once it was given up: what comes later begins anew. */
  readonly isUsable: boolean
}

/** What one build shares. */
export interface BuildShare {
  /**
   * The build ends; the first call counts. The last of those that run at the same time brings to
   * the remote what they made.
   *
   * @param record undefined for a build of which nothing is to go
   */
  end(record: BuildRecord | undefined): Promise<ShareNotes>
}

/** What was shared, for the record of a build. */
export interface ShareNotes {
  /** Without credentials. */
  readonly remote: string
  readonly scope: string
  /** Scopes that something came from. */
  readonly from: readonly string[]
  readonly pulledPacks: number
  readonly pulledEntries: number
  readonly bytesDown: number
  readonly requests: number
  readonly pushedPacks: number
  readonly pushedEntries: number
  readonly bytesUp: number
  /** Why nothing is written, where somebody might wonder. */
  readonly readonly?: string
  /** What went wrong, in one line. */
  readonly problem?: string
}

export interface ShareFrom extends ConnectFrom {
  /** Bytes that may come. */
  readonly maxSize: number
}

/** Begins to pull. */
export function openShare(from: ShareFrom): Share {
  const pulled = nothingPulled()
  const pushed = { packs: 0, entries: 0 }
  const faults: string[] = []
  const waiting: BuildRecord[] = []
  let open = 0
  let isOver = false
  let isHere = false
  let isGivenUp = false
  let connection: Connection | undefined

  const connecting = connect(from).then(
    (made) => (connection = made),
    (error: unknown) => void faults.push(error instanceof Error ? error.message : String(error)),
  )
  const pulling = connecting.then(async (made) => {
    if (!made) return
    await pull(pullRequest(made), pulled).catch(noteFault)
    isHere = true
    await made.rest()
  })

  function pullRequest(made: Connection): Parameters<typeof pull>[0] {
    return {
      ...made,
      scopes: made.scopes.reads,
      maxSize: from.maxSize,
      isOver: () => isOver,
    }
  }

  /** A fault of ours. */
  function noteFault(error: unknown): void {
    faults.push(error instanceof Error ? error.message : String(error))
  }

  async function bring(made: Connection): Promise<void> {
    const { own, producer } = made.scopes
    const builds = waiting.splice(0)
    const { signingKey } = made.trust
    const { offers } = pulled
    const done = await push({ ...made, scope: own, producer, signingKey, offers, builds })
    if (done.state === 'failed' && done.why !== undefined) faults.push(done.why)
    if (done.state !== 'done') return
    // so that a build that comes later brings what is new since
    offers.set(own, done.manifest)
    pushed.packs++
    pushed.entries += done.entries
  }

  async function end(record: BuildRecord | undefined): Promise<ShareNotes> {
    open--
    if (record) waiting.push(record)
    await connecting
    if (open > 0 || !connection) return notes()
    // what is still under way when nobody builds any more comes too late
    isOver = true
    if (connection.right.write && waiting.length > 0) await bring(connection).catch(noteFault)
    isGivenUp = !isHere
    await (isHere ? connection.rest() : connection.remote.close())
    return notes()
  }

  function notes(): ShareNotes {
    const counts = connection?.remote.counts()
    const right = connection?.right
    const problem = problemOf(connection, pulled, faults)
    return {
      remote: connection?.remote.title ?? '',
      scope: connection?.scopes.own ?? '',
      from: [...pulled.from],
      pulledPacks: pulled.packs,
      pulledEntries: pulled.entries,
      bytesDown: counts?.bytesDown ?? 0,
      requests: counts?.requests ?? 0,
      pushedPacks: pushed.packs,
      pushedEntries: pushed.entries,
      bytesUp: counts?.bytesUp ?? 0,
      ...(right?.write === false && !right.quiet && { readonly: right.why }),
      ...(problem !== undefined && { problem }),
    }
  }

  return {
    begin() {
      open++
      isOver = false
      let ending: Promise<ShareNotes> | undefined
      return { end: (record) => (ending ??= end(record)) }
    },
    // a remote that does not answer is given up as soon, from the first question on
    ready: () => waitAtMost(pulling, from.share.timeout),
    get isUsable() {
      return !isGivenUp
    },
  }
}

function problemOf(
  connection: Connection | undefined,
  pulled: Pulled,
  faults: readonly string[],
): string | undefined {
  const all = [
    connection?.remote.trouble(),
    // what came is what a failing push is about
    ...pulled.faults,
    ...faults,
    connection?.remote.caution,
  ].filter((each) => each !== undefined)
  const [first, ...others] = all
  return others.length > 0 ? `${first} (and ${others.length} more)` : first
}
