import fs, { type Stats } from 'node:fs'
import type { Hasher } from '../key/index.ts'
import type { Digests, KnownDigest } from './digests.ts'
import type { Look } from './observation.ts'
import { isSettled, statOf } from './stamp.ts'
import { lastingNames } from './toolCaches.ts'

// Taken once, for these properties of `fs` are observed while hooks run, and our own looks are nobody's input.
const { readdirSync, readFileSync, realpathSync } = fs

/** What a look at a path sees now, as short text that can be stored and compared. */
export interface Files {
  /** For a file its digest, for a folder its listing's digest, `absent`, or what kind of thing is there. */
  see(look: Look | 'manifest', target: string): string
}

/** Known digests are trusted while size, times and inode stay. */
export function createFiles(
  hasher: Hasher,
  portable: (path: string) => string,
  known: Digests,
): Files {
  function see(look: Look | 'manifest', target: string): string {
    if (look === 'realpath') return realpath(target)
    const stat = statOf(target)
    if (!stat) return 'absent'
    if (stat.isDirectory()) return look === 'folder' ? digest(target, stat, listing) : 'folder'
    if (look === 'folder') return 'no folder'
    if (look === 'exists') return 'file'
    return digest(target, stat, look === 'manifest' ? settings : content)
  }

  function digest(target: string, stat: Stats, read: (target: string) => string): string {
    // no path has such a name
    const name = read === settings ? `${target}\0settings` : target
    const old = known.get(name)
    if (old && sameStat(old, stat)) return old.digest
    try {
      const { size, mtimeMs, ctimeMs, ino } = stat
      const value = read(target)
      if (isSettled(stat)) known.set(name, { size, mtimeMs, ctimeMs, ino, digest: value })
      return value
    } catch {
      return 'unreadable'
    }
  }

  function content(file: string): string {
    return hasher.digestBytes(readFileSync(file))
  }

  /** Of a package.json, all but its scripts and the lists of its dependencies. */
  function settings(manifest: string): string {
    const text = readFileSync(manifest, 'utf8')
    try {
      const fields = Object.entries(JSON.parse(text) as object)
      return hasher.digestOf(fields.filter(([name]) => !/^scripts$|dependencies/i.test(name)))
    } catch {
      return hasher.digestText(text)
    }
  }

  function listing(folder: string): string {
    return hasher.digestOf(lastingNames(folder, readdirSync(folder)).toSorted())
  }

  function realpath(target: string): string {
    try {
      return portable(realpathSync(target))
    } catch {
      return 'absent'
    }
  }

  return { see }
}

function sameStat(old: KnownDigest, stat: Stats): boolean {
  return (
    old.size === stat.size &&
    old.mtimeMs === stat.mtimeMs &&
    old.ctimeMs === stat.ctimeMs &&
    old.ino === stat.ino
  )
}
