import { openShare, type ResolvedShare, type Share } from '../share/index.ts'
import type { ResolvedOptions } from './options.ts'
import { storeDir } from './options.ts'
import { createPlace } from './place.ts'

// Module-level: builds of one process, whatever plugin instances they have, share one pull.
const shares = new Map<string, Share>()
const bySpec = new WeakMap<object, number>()
let specs = 0

/**
 * What a build at this root shares with other machines; the first to ask begins the download.
 * Undefined where nothing is shared.
 */
export function sharingAt(root: string, options: ResolvedOptions): Share | undefined {
  const { share, mode, maxSize } = options
  if (!share || mode === 'off') return undefined
  const { workspaceRoot } = createPlace(root)
  const dir = storeDir(options, root, workspaceRoot)
  const name = JSON.stringify([dir, nameOf(share), process.env['REMEMBER_SCOPE'], share.scope])
  const known = shares.get(name)
  if (known?.isUsable) return known
  const opened = openShare({
    share,
    dir,
    workspaceRoot,
    env: process.env,
    now: Date.now,
    maxSize,
  })
  shares.set(name, opened)
  return opened
}

function nameOf({ remote }: ResolvedShare): string | number {
  if (typeof remote === 'string') return remote
  let number = bySpec.get(remote)
  if (number === undefined) bySpec.set(remote, (number = ++specs))
  return number
}
