export { addDays, daysBetween, isWeekend, startOfMonth } from './days'
export { describeAge } from './age'
export * from './catalogue'
