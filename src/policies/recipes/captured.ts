import type { See } from '../policy.ts'

/** Plugins that look at others put wrappers around hooks (vite-plugin-inspect), hardly ever more than a few. */
const deepest = 4

/** The variables of a hook that captured `name`: its own, or those of the function that it wraps. */
export function capturedWith(
  name: string,
  hook: unknown,
  see: See,
): Readonly<Record<string, unknown>> {
  let level = [hook]
  const met = new Set<unknown>()
  for (let depth = 0; depth < deepest; depth++) {
    const below: unknown[] = []
    for (const fn of level) {
      if (met.has(fn)) continue
      met.add(fn)
      const captured = see(fn)
      if (captured[name] !== undefined) return captured
      for (const each of ['handler', 'original', 'fn', 'hook']) below.push(captured[each])
    }
    level = below
  }
  return {}
}
