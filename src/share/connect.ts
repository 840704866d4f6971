import { familyOf } from './family.ts'
import { guard, type GuardedRemote } from './guarded.ts'
import { type Memory, openMemory } from './memory.ts'
import type { ResolvedShare } from './options.ts'
import { openRemote } from './remotes/open.ts'
import { restingRemote } from './resting.ts'
import { type Env, findScopes, type Scopes } from './scopes.ts'
import { type Right, rightToWrite, type Trust } from './trust.ts'

export interface ConnectFrom {
  readonly share: ResolvedShare
  /** Folder of the store. */
  readonly dir: string
  readonly workspaceRoot: string
  readonly env: Env
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** All that it takes to pull and push. */
export interface Connection {
  readonly dir: string
  readonly remote: GuardedRemote
  readonly memory: Memory
  readonly family: string
  readonly scopes: Scopes
  readonly trust: Trust
  readonly trusted: Trust['keys']
  readonly right: Right
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Ends connections until the remote is asked again. */
  rest(): Promise<void>
}

/**
 * Decides who we are and whom we believe, and opens the remote, without asking it anything.
 *
 * @throws RememberError for a remote that is none, and for scopes that are none
 */
export async function connect(from: ConnectFrom): Promise<Connection> {
  const { share, dir, workspaceRoot, env, now } = from
  const scopes = findScopes({ env, given: share.scope, root: workspaceRoot })
  const resting = await restingRemote(() => openRemote(share.remote, env))
  return {
    dir,
    remote: guard(resting, { timeout: share.timeout, now: () => performance.now() }),
    memory: openMemory(dir, resting.title, now),
    family: familyOf(workspaceRoot),
    scopes,
    trust: share.trust,
    trusted: share.trust.keys,
    right: rightToWrite(share.trust, scopes, share.write),
    now,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    rest: () => resting.rest(),
  }
}
