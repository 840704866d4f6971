import fs from 'node:fs'
import type { Hasher } from '../key/index.ts'
import type { Look } from './observation.ts'

/** What a look at a path sees now, as short text that can be stored and compared. */
export interface Files {
  /** For a file its digest, for a folder its listing's digest, `absent`, or what kind of thing is there. */
  see(look: Look, target: string): string
}

interface Known {
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly ino: number
  readonly digest: string
}

/** Digests are kept for the process and trusted while size, times and inode stay. */
export function createFiles(hasher: Hasher, portable: (path: string) => string): Files {
  const known = new Map<string, Known>()

  function see(look: Look, target: string): string {
    if (look === 'realpath') return realpath(target)
    const stat = statOf(target)
    if (!stat) return 'absent'
    if (look === 'folder') return stat.isDirectory() ? listing(target) : 'no folder'
    if (stat.isDirectory()) return 'folder'
    if (look === 'exists') return 'file'
    return digest(target, stat)
  }

  function digest(target: string, stat: fs.Stats): string {
    const old = known.get(target)
    if (old && sameStat(old, stat)) return old.digest
    try {
      const value = hasher.digestBytes(fs.readFileSync(target))
      const { size, mtimeMs, ctimeMs, ino } = stat
      known.set(target, { size, mtimeMs, ctimeMs, ino, digest: value })
      return value
    } catch {
      return 'unreadable'
    }
  }

  function listing(target: string): string {
    try {
      return hasher.digestOf(fs.readdirSync(target).sort())
    } catch {
      return 'unreadable'
    }
  }

  function realpath(target: string): string {
    try {
      return portable(fs.realpathSync(target))
    } catch {
      return 'absent'
    }
  }

  return { see }
}

function sameStat(old: Known, stat: fs.Stats): boolean {
  return (
    old.size === stat.size &&
    old.mtimeMs === stat.mtimeMs &&
    old.ctimeMs === stat.ctimeMs &&
    old.ino === stat.ino
  )
}

function statOf(target: string): fs.Stats | undefined {
  try {
    return fs.statSync(target, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
