import { range } from '../../shared/iterate'

export const day = 86_400_000

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * day)
}

export function startOfMonth(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1))
}

export function isWeekend(date: Date): boolean {
  return date.getUTCDay() % 6 === 0
}

export function* daysBetween(from: Date, to: Date): Generator<Date> {
  for (const time of range(from.getTime(), to.getTime(), day)) yield new Date(time)
}
