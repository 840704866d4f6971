import { notePrinted } from '../trace/index.ts'
import type { ViteConfig } from './host.ts'

const observed = new WeakSet<object>()
const levels = ['info', 'warn', 'warnOnce', 'error'] as const

/**
 * Notices what hooks say through Vite's logger, which no replay could repeat:
 * such a call is not stored, so that it says it again. Through the logger and
 * not only to the terminal, for a custom or silent one prints nothing there.
 */
export function observeLogger(logger: ViteConfig['logger']): void {
  if (observed.has(logger)) return
  observed.add(logger)
  const methods = logger as Record<string, unknown>
  for (const level of levels) {
    const original = methods[level]
    if (typeof original !== 'function') continue
    methods[level] = function (this: unknown, ...args: unknown[]): unknown {
      notePrinted()
      return original.apply(this, args) as unknown
    }
  }
}
