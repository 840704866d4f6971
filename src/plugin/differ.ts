import { firstDifference, type Difference } from '../engine/index.ts'
import type { HookName } from '../policies/index.ts'
import type { Effect } from './effects.ts'
import type { Outcome } from './outcome.ts'
import type { Relocation } from './relocation/index.ts'

/** A stored outcome that was not what its call did when it was computed again. */
export interface Differing extends Difference {
  readonly plugin: string
  readonly hook: HookName
  /** Portable id: relative to `<root>/`. */
  readonly id: string
}

/** The first thing that two outcomes of one call would do differently in this checkout; nothing when they come to the same. */
export function differingPart(
  relocation: Relocation,
  stored: Outcome,
  fresh: Outcome,
): Difference | undefined {
  const [from, to] = [relocation.attach(stored), relocation.attach(fresh)]
  return (
    firstDifference(from.result, to.result, 'result') ?? effectDifference(from.effects, to.effects)
  )
}

function effectDifference(from: readonly Effect[], to: readonly Effect[]): Difference | undefined {
  const isSame = (a: Effect, b: Effect): boolean => firstDifference(a, b) === undefined
  for (let index = 0; index < Math.max(from.length, to.length); index++) {
    const [before, now] = [from[index], to[index]]
    if (before && now && isSame(before, now)) continue
    const field = `effects[${index}]`
    const isGone = before && !to.slice(index).some((each) => isSame(before, each))
    const isNew = now && !from.slice(index).some((each) => isSame(now, each))
    // both: one took the place of the other
    return {
      field,
      from: isGone || !isNew ? before && shown(before) : undefined,
      to: isNew || !isGone ? now && shown(now) : undefined,
    }
  }
  return undefined
}

/** E.g. `addWatchFile "/app/a.json"`. */
function shown([name, ...values]: Effect): string {
  const text = values
    .filter((value) => value !== undefined)
    .map((value) => JSON.stringify(value))
    .join(' ')
  return `${name} ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`
}
