import { step } from './diff.ts'
import { child } from './paths.ts'

/**
 * Takes parts out of a tree of named parts, by the paths that `diffParts` gives.
 * What stands elsewhere for the same object (`{ $same }`) would lose its meaning,
 * so an object that others refer to stays.
 */
export function omitParts(
  parts: Readonly<Record<string, unknown>>,
  paths: readonly string[],
): Readonly<Record<string, unknown>> {
  if (paths.length === 0) return parts
  const left = new Set(paths)
  // one that stays may refer to another
  for (let before = -1; before !== left.size;) {
    before = left.size
    for (const each of referred(parts, '', left)) {
      for (const path of left) if (isWithin(each, path)) left.delete(path)
    }
  }

  function copy(value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
      return value.map((each, at) => place(each, child(path, at)))
    }
    if (typeof value !== 'object' || value === null) return value
    const out: Record<string, unknown> = {}
    for (const [label, each] of Object.entries(value)) {
      const at = step(path, label)
      // a mark of this room says nothing to a user: it goes with what it marks
      out[label] = at === path ? copy(each, path) : place(each, at)
    }
    return out
  }

  function place(value: unknown, path: string): unknown {
    return left.has(path) ? { $ignored: true } : copy(value, path)
  }

  return copy(parts, '') as Record<string, unknown>
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || (/^[.[]/.test(path.slice(outer.length)) && path.startsWith(outer))
}

/** Places that others stand for, but for those below paths that are left out. */
function referred(tree: unknown, at: string, left: ReadonlySet<string>): string[] {
  if (typeof tree !== 'object' || tree === null || left.has(at)) return []
  return Object.entries(tree).flatMap(([label, value]) => {
    if (label === '$same' && typeof value === 'string') return [value]
    return referred(value, Array.isArray(tree) ? child(at, Number(label)) : step(at, label), left)
  })
}
