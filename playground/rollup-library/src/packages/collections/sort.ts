import { by, chain } from '../../shared/compare'
import type { Comparable } from '../../shared/types'

export function sortBy<T>(items: Iterable<T>, ...picks: ((item: T) => Comparable)[]): T[] {
  return [...items].sort(chain(...picks.map((pick) => by(pick))))
}
