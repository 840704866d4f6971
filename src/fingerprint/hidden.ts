import { types } from 'node:util'
import type { Inside } from './inspector.ts'
import { child } from './paths.ts'
import type { Open, Placing } from './placing.ts'
import type { Branch, Scene } from './scene.ts'

/** What a promise came to. One that waits says that it does. */
export function fillPromise(value: object, out: Branch, path: string, scene: Scene): void {
  const { state = 'unknown', value: held } = scene.inside(value)?.promise ?? {}
  const label = `$${state}`
  out[label] = scene.place(held, child(path, label))
}

/**
 * Of weak maps, what they hold of objects that have a place in the tree: so compilers keep `#private`
 * fields of older targets. All else in them is a cache, or can't be told apart in two processes.
 */
export function createWeakEntries(placing: Placing): {
  note(level: readonly Open[], insides: ReadonlyMap<object, Inside | undefined>): void
  /** What there is to fill in next: entries get their places when nothing else is left. */
  orElse(level: readonly Open[]): readonly Open[]
} {
  const maps: { open: Open; left: Map<object, unknown> }[] = []
  return {
    note(level, insides) {
      for (const open of level) {
        if (!types.isWeakMap(open.value)) continue
        maps.push({ open, left: new Map(insides.get(open.value)?.entries) })
      }
    },
    orElse(level) {
      if (level.length > 0) return level
      for (const { open, left } of maps) {
        const found = [...left].flatMap(([key, value]) => {
          const at = placing.pathOf(key)
          return at === undefined ? [] : [{ at, key, value }]
        })
        for (const { at, key, value } of found.sort((a, b) => (a.at < b.at ? -1 : 1))) {
          left.delete(key)
          const label = `$of ${at}`
          const out = open.out as Branch
          out[label] = placing.place(value, child(open.path, label))
        }
      }
      return placing.take()
    },
  }
}
