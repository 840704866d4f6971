import { closeSync } from 'node:fs'

/** Gives a descriptor back, which it is whatever `close` answers: network file systems fail there, too. Never throws. */
export function closeFile(fd: number): void {
  try {
    closeSync(fd)
  } catch {
    // It was open for reading, so nothing can be lost.
  }
}
