import type { link } from 'node:fs/promises'
import type { Hasher } from '../key/index.ts'
import type { Layout } from './layout.ts'
import type { StoreFault } from './types.ts'

/** What every part of one open store needs. */
export interface Context {
  readonly layout: Layout
  readonly hasher: Hasher
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly fault: (fault: StoreFault) => void
  /** Hard links, or a stand-in for a file system without them. */
  readonly link: typeof link
  /** Whether anything may be changed on disk; false for readers and after writing failed. */
  writable: boolean
  /** Why nothing is written, once that is so, e.g. `ENOSPC`. */
  unwritable: string | undefined
}

/** A file this old that nothing refers to was left by a process that died, in milliseconds. */
export const LEFTOVER_AGE: number = 60 * 60 * 1000

/** The code of a system error, e.g. `ENOENT`. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : String(error)
}

/** Writes nothing any more, and says so once. */
export function giveUpWriting(
  context: Context,
  code: 'store_unavailable' | 'write_failed',
  error: unknown,
): void {
  context.writable = false
  if (context.unwritable !== undefined) return
  context.unwritable = errorCode(error)
  context.fault({
    code,
    message: `Can't write to ${context.layout.dir} (${context.unwritable}); nothing more is stored there.`,
  })
}
