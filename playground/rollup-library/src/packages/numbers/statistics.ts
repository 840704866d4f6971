import { compare } from '../../shared/compare'
import { lerp } from './range'

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort(compare)
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  return lerp(sorted[below] ?? 0, sorted[below + 1] ?? sorted[below] ?? 0, place - below)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
