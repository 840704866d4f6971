import { readKept, writeKept, type TextDigest } from './keptText.ts'

/** The digest of a file's content or of a folder's listing, and the state of the file when it was made. */
export interface KnownDigest {
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly ino: number
  readonly digest: string
}

/**
 * Digests by absolute path, kept from build to build: to compare a file's size,
 * times and inode is cheaper than to read it. Git trusts the same (its index).
 */
export interface Digests {
  get(target: string): KnownDigest | undefined
  set(target: string, known: KnownDigest): void
  /** Writes what is new. A failure costs the next build some reads, and is not told. */
  save(): void
}

const FORMAT = 'remember digests 1'
const FIELDS = 6
/** Above this only what this process looked at is kept. */
const MAX_ROWS = 50_000

// A config array is dozens of builds that look at the same files.
const byFile = new Map<string, Digests>()

/** The digests that a file keeps; none when it is not there or damaged. One for all builds of the process. */
export function openDigests(file: string, digest: TextDigest): Digests {
  let digests = byFile.get(file)
  if (!digests) byFile.set(file, (digests = createDigests(file, digest)))
  return digests
}

function createDigests(file: string, digest: TextDigest): Digests {
  const kept = readRows(readKept(file, digest))
  const looked = new Map<string, KnownDigest>()
  let changed = false

  return {
    get(target) {
      const known = looked.get(target)
      if (known) return known
      const old = kept.get(target)
      if (old) looked.set(target, old)
      return old
    },
    set(target, known) {
      looked.set(target, known)
      changed = true
    },
    save() {
      if (!changed) return
      changed = false
      const all = kept.size + looked.size > MAX_ROWS ? looked : new Map([...kept, ...looked])
      writeRows(file, all, digest)
    },
  }
}

function readRows(text = '[]'): Map<string, KnownDigest> {
  const rows = new Map<string, KnownDigest>()
  try {
    const [format, ...flat] = JSON.parse(text) as unknown[]
    if (format !== FORMAT) return rows
    for (let at = 0; at + FIELDS <= flat.length; at += FIELDS) {
      const [target, size, mtimeMs, ctimeMs, ino, digest] = flat.slice(at, at + FIELDS) as [
        string,
        number,
        number,
        number,
        number,
        string,
      ]
      rows.set(target, { size, mtimeMs, ctimeMs, ino, digest })
    }
  } catch {
    // not there, or damaged: what it said is found out again
  }
  return rows
}

function writeRows(file: string, rows: ReadonlyMap<string, KnownDigest>, digest: TextDigest): void {
  const flat = [...rows].flatMap(([target, row]) => [
    target,
    row.size,
    row.mtimeMs,
    row.ctimeMs,
    row.ino,
    row.digest,
  ])
  writeKept(file, JSON.stringify([FORMAT, ...flat]), digest)
}
