import { systemClock } from '../../shared/clock'
import type { Clock } from '../../shared/types'
import { day } from './days'

const steps = [
  { name: 'year', size: 365 * day },
  { name: 'month', size: 30 * day },
  { name: 'day', size: day },
  { name: 'hour', size: day / 24 },
  { name: 'minute', size: 60_000 },
] as const

export function describeAge(date: Date, clock: Clock = systemClock): string {
  const age = clock.now() - date.getTime()
  const step = steps.find(({ size }) => Math.abs(age) >= size)
  if (!step) return 'just now'
  const count = Math.round(Math.abs(age) / step.size)
  const text = `${count} ${step.name}${count === 1 ? '' : 's'}`
  return age >= 0 ? `${text} ago` : `in ${text}`
}
