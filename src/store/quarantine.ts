import { renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Context } from './context.ts'

/**
 * Reports a file as damaged and, where this store may write, moves it to
 * `quarantine/`, e.g. as `1733000000000-3a7b…e1.pack`. Never deletes, never throws.
 */
export function quarantine(context: Context, file: string, detail: string): void {
  context.fault({ code: 'damaged', message: `${file} is damaged (${detail}) and is not used.` })
  if (!context.writable) return
  try {
    renameSync(file, join(context.layout.quarantine, `${context.now()}-${basename(file)}`))
  } catch {
    // Gone already, or not ours to move: it is not believed either way.
  }
}
