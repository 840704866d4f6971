import type { Act, Operation } from './injection.ts'

/** Everything that can go wrong at an operation. */
function actsAt({ name, writes }: Operation): readonly Act[] {
  if (!writes) return ['EIO', 'EACCES', 'EMFILE'].map(error)
  const errors = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE'].map(error)
  if (name === 'writeFile.write') return [...errors, { kind: 'torn' }]
  return name.startsWith('writeFile') ? errors : [...errors, { kind: 'late', code: 'EIO' }]
}

function error(code: string): Act {
  return { kind: 'error', code }
}

/** e.g. `ENOSPC`, `late EIO`, `torn` */
function describeAct(act: Act): string {
  if (act.kind === 'error') return act.code
  return act.kind === 'late' ? `late ${act.code}` : act.kind
}

/** One fault at one operation. */
export interface FaultCase {
  readonly at: number
  readonly act: Act
  /** e.g. `17:late EIO`, for `--only` */
  readonly name: string
}

/**
 * The faults to try: all at each operation in full, else one at every second, another one with each seed.
 *
 * @param acts what can go wrong at an operation
 */
export function faultCases(
  operations: readonly Operation[],
  { full, seed, only }: { readonly full: boolean; readonly seed: number; readonly only?: string },
  acts: (operation: Operation) => readonly Act[] = actsAt,
): FaultCase[] {
  const cases = operations.flatMap((operation, at) => {
    const all = acts(operation)
    const turn = at + seed
    const isTurn = turn % 2 === 0
    const one = all[Math.floor(turn / 2) % all.length]
    const chosen = full || only !== undefined ? all : isTurn && one ? [one] : []
    return chosen.map((act) => ({ at, act, name: `${at}:${describeAct(act)}` }))
  })
  return only === undefined ? cases : cases.filter(({ name }) => name === only)
}
