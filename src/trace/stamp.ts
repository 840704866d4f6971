import fs, { type Stats } from 'node:fs'

// Taken once: our own looks are nobody's input.
const { statSync } = fs

/** What is at a path, without an error where nothing is. */
export function statOf(target: string): Stats | undefined {
  try {
    return statSync(target, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Another text once a file was written, or a folder's entries changed. Git trusts the same (its index). */
export function stampOf(stat: Stats | undefined): string {
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}` : 'absent'
}

/** A time stamp this young (ms) may be that of two writes: file systems count in ticks of up to some 10 ms. */
const settling = 100

/** False while a path may be written to again without another stamp. */
export function isSettled({ mtimeMs, ctimeMs }: Stats): boolean {
  return Date.now() - Math.max(mtimeMs, ctimeMs) > settling
}
