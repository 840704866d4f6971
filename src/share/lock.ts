import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A lock this old was left by a process that died, in milliseconds. */
const STALE = 15_000
/** Longest wait, in milliseconds: it spares work, and nothing goes wrong without it. */
const PATIENCE = 3000
const PACE = 15

/** Runs what processes of one machine should do one after the other. A folder is the lock. */
export async function withLock<T>(
  folder: string,
  { sleep, now }: { readonly sleep: (ms: number) => Promise<void>; readonly now: () => number },
  work: () => Promise<T>,
): Promise<T> {
  let isOurs = false
  for (let waited = 0; waited < PATIENCE && !isOurs; waited += PACE) {
    const taken = take(folder, now())
    if (taken === 'impossible') break
    isOurs = taken === 'ours'
    if (!isOurs) await sleep(PACE)
  }
  try {
    return await work()
  } finally {
    if (isOurs) release(folder)
  }
}

function take(folder: string, now: number): 'ours' | 'taken' | 'impossible' {
  try {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(folder)
    return 'ours'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return 'impossible'
  }
  try {
    if (now - statSync(folder).mtimeMs > STALE) rmdirSync(folder)
  } catch {
    // gone meanwhile
  }
  return 'taken'
}

function release(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // stolen, or the store was deleted
  }
}
