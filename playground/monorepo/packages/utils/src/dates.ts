const day = 24 * 60 * 60 * 1000

export function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}

export function daysBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / day)
}
