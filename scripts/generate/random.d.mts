/** Numbers that depend on nothing but the seed. */
export interface Random {
  /** Both ends included. */
  integer(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  /** True in this share of the cases, from 0 to 1. */
  chance(share: number): boolean
  shuffle<T>(list: readonly T[]): T[]
  /** Some of the list, in the list's order. */
  sample<T>(list: readonly T[], count: number): T[]
}

export function randomFrom(...names: readonly unknown[]): Random
