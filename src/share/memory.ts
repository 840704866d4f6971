import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ClaimId } from '../engine/travel/index.ts'

/**
 * What this machine knows of a remote, beside the store, so that neither a compaction nor a prune
 * makes everything travel again:
 *
 *   <dir>/share/<digest of the remote>/packs/<sha256>   16 bytes for each entry of a pack that was taken or given
 *   <dir>/share/<digest of the remote>/times/<name>     the time of the newest manifest that was seen
 *
 * A folder that can't be written, or that is gone, costs some traffic and nothing else.
 */
export interface Memory {
  /** The entries of a pack that came or went before; undefined for one that did not. */
  claims(sha256: string): ReadonlySet<ClaimId> | undefined
  keep(sha256: string, claims: readonly ClaimId[]): void
  /** Drops what is known of packs that nobody has listed for a week. */
  sweep(listed: ReadonlySet<string>): void
  /** Milliseconds since 1970; 0 for a manifest that was never seen. */
  newest(manifest: string): number
  saw(manifest: string, time: number): void
  /** For the lock of those who write a manifest. */
  readonly lock: string
}

const CLAIM_SIZE = 16
const FORGOTTEN_AFTER = 7 * 24 * 60 * 60 * 1000

/** @param title of the remote, without credentials */
export function openMemory(dir: string, title: string, now: () => number): Memory {
  const home = join(dir, 'share', createHash('sha256').update(title).digest('hex').slice(0, 16))
  const packs = join(home, 'packs')
  const times = join(home, 'times')
  const known = new Map<string, ReadonlySet<ClaimId>>()

  return {
    lock: join(home, 'lock'),
    claims(sha256) {
      const held = known.get(sha256)
      if (held !== undefined) return held
      const bytes = read(join(packs, sha256))
      if (bytes === undefined || bytes.length % CLAIM_SIZE !== 0) return undefined
      const claims = new Set<ClaimId>()
      for (let at = 0; at < bytes.length; at += CLAIM_SIZE) {
        claims.add(bytes.toString('hex', at, at + CLAIM_SIZE) as ClaimId)
      }
      known.set(sha256, claims)
      return claims
    },
    keep(sha256, claims) {
      known.set(sha256, new Set(claims))
      write(packs, sha256, Buffer.from(claims.join(''), 'hex'))
    },
    sweep(listed) {
      const time = new Date(now())
      for (const name of list(packs)) {
        const file = join(packs, name)
        try {
          if (listed.has(name)) utimesSync(file, time, time)
          else if (statSync(file).mtimeMs < now() - FORGOTTEN_AFTER) rmSync(file, { force: true })
        } catch {
          // another process sweeps too
        }
      }
    },
    newest: (manifest) => Number(read(join(times, manifest))?.toString('latin1')) || 0,
    saw(manifest, time) {
      if (this.newest(manifest) < time) write(times, manifest, Buffer.from(String(time)))
    },
  }
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

function write(dir: string, name: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dir, { recursive: true })
    const temp = join(dir, `.${randomBytes(6).toString('hex')}`)
    writeFileSync(temp, bytes, { flag: 'wx' })
    renameSync(temp, join(dir, name))
  } catch {
    // known until this process ends
  }
}
