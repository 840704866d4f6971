import type { Inspector, Scope } from '../fingerprint/index.ts'

/**
 * The variables that a hook of a plugin can see, searched for one by name: others may have put
 * functions of their own around the hook, which then hold it in a variable. None when it is not there.
 */
export function scopesOf(
  inspector: Inspector | undefined,
  hook: object | undefined,
  name: string,
): readonly Scope[] {
  const functions = new Set(hook ? [hook] : [])
  // grows while it is walked
  for (const each of functions) {
    const scopes = inspector?.look([each])[0]?.scopes ?? []
    if (scopes.some(({ variables }) => Object.hasOwn(variables, name))) return scopes
    if (functions.size > most) continue
    const captured = scopes.filter(({ kind }) => kind === 'closure' || kind === 'block')
    for (const value of captured.flatMap(({ variables }) => Object.values(variables))) {
      if (typeof value === 'function') functions.add(value)
    }
  }
  return []
}

const most = 20
