import { exitCodes } from './exitCodes.ts'
import { findStore } from './store.ts'
import { RememberError } from '../key/index.ts'
import { findWorkspaceRoot } from '../plugin/index.ts'
import { connect, resolveShare, type Connection } from '../share/index.ts'

export interface RemoteArgs {
  readonly remote?: string | undefined
  readonly scope?: string | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

/** By hand nobody waits for a build: a remote may take its time, in milliseconds. */
const timeout = 60_000

/**
 * Opens the remote that a command speaks of: `--remote`, else REMEMBER_REMOTE. What a config says is
 * not known here. Undefined, and told, when there is none or it is none. Exit code 2.
 */
export async function openConnection(args: RemoteArgs): Promise<Connection | undefined> {
  const { remote, scope } = args
  const env = {
    ...process.env,
    ...(remote !== undefined && { REMEMBER_REMOTE: remote }),
    ...(scope !== undefined && { REMEMBER_SCOPE: scope }),
  }
  try {
    const share = resolveShare({ timeout }, env)
    if (share) {
      const dir = findStore(args.dir)
      const workspaceRoot = findWorkspaceRoot(process.cwd())
      return await connect({ share, dir, workspaceRoot, env, now: Date.now })
    }
    console.error('No remote is known. Name one: --remote https://…, or set REMEMBER_REMOTE.')
  } catch (error) {
    if (!(error instanceof RememberError)) throw error
    console.error(error.message)
  }
  process.exitCode = exitCodes.usage
  return undefined
}
