/** So many failures of one side, and the rest of the build does without it. */
const limit = 3

type Side = 'reads' | 'writes'

/** Two switches: one who may not write can still read, and the other way round. */
export interface Breakers {
  isOpen(side: Side): boolean
  failed(side: Side): void
  /** The sides that are no longer asked. */
  opened(): Side[]
}

export function openBreakers(): Breakers {
  const failures = { reads: 0, writes: 0 }
  const isOpen = (side: Side) => failures[side] >= limit
  return {
    isOpen,
    failed: (side) => void failures[side]++,
    opened: () => (['reads', 'writes'] as const).filter(isOpen),
  }
}
