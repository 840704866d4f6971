export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

export function lerp(from: number, to: number, share: number): number {
  return from + (to - from) * clamp(share, 0, 1)
}

export function roundTo(value: number, digits = 0): number {
  const factor = 10 ** digits
  return Math.round((value + Number.EPSILON) * factor) / factor
}
