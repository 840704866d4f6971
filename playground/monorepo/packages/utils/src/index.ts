export { type Amount, money, sum } from './money.ts'
export { groupBy, unique } from './lists.ts'
export { daysBetween, isoDate } from './dates.ts'
