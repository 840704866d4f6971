import { isSettled, readKept, stampOf, statOf, writeKept, type TextDigest } from '../trace/index.ts'

/**
 * Closures of packages, kept from process to process: some hundred package.json files to parse and
 * folders to list. All that was looked at is noted with its size, times and inode, as in Git's
 * index; when one of them is not as it was, nothing is known.
 */
export interface KeptClosures {
  /** @param file real path of what the closure is of. */
  get(file: string): readonly string[] | undefined
  set(file: string, closure: readonly string[]): void
  /** Notes a path before it is read, whether it is there or not. */
  look(target: string): void
  /** Writes what is new. A failure costs the next build some reads, and is not told. */
  save(): void
}

const FORMAT = 'remember closures 1'

/** @param file where they are kept; it need not be there. */
export function openClosures(file: string, digest: TextDigest): KeptClosures {
  const { stamps, closures } = known(readKept(file, digest))
  let isNew = false
  let isSure = true

  return {
    get: (name) => closures.get(name),
    set(name, closure) {
      closures.set(name, closure)
      isNew = true
    },
    look(target) {
      if (stamps.has(target)) return
      const stat = statOf(target)
      stamps.set(target, stampOf(stat))
      if (stat && !isSettled(stat)) isSure = false
    },
    save() {
      if (!isNew || !isSure) return
      isNew = false
      writeKept(file, textOf({ stamps, closures }), digest)
    },
  }
}

interface Kept {
  readonly stamps: Map<string, string>
  readonly closures: Map<string, readonly string[]>
}

function known(text = ''): Kept {
  const none: Kept = { stamps: new Map(), closures: new Map() }
  try {
    const [format, stamps, lines, closures] = JSON.parse(text) as [
      string,
      [string, string][],
      string[],
      [string, number[]][],
    ]
    if (format !== FORMAT || stamps.some(([at, stamp]) => stampOf(statOf(at)) !== stamp))
      return none
    return {
      stamps: new Map(stamps),
      closures: new Map(closures.map(([name, rows]) => [name, rows.map((row) => lines[row]!)])),
    }
  } catch {
    // not there, or damaged
    return none
  }
}

function textOf({ stamps, closures }: Kept): string {
  const lines = [...new Set([...closures.values()].flat())]
  const rows = new Map(lines.map((line, row) => [line, row]))
  return JSON.stringify([
    FORMAT,
    [...stamps],
    lines,
    Array.from(closures, ([name, closure]) => [name, closure.map((line) => rows.get(line))]),
  ])
}
