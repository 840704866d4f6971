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
  const wanted = new Set(paths)
  const shared = referred(parts)

  function isShared(path: string, value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false
    return shared.some(
      (each) => each === path || (/^[.[]/.test(each.slice(path.length)) && each.startsWith(path)),
    )
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
    if (!wanted.has(path)) return copy(value, path)
    return isShared(path, value) ? value : { $ignored: true }
  }

  return copy(parts, '') as Record<string, unknown>
}

/** Paths that stand for another place. */
function referred(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([label, value]) =>
    label === '$same' && typeof value === 'string' ? [value] : referred(value),
  )
}
