export { lastStats, type Stats } from './stats.ts'
export { count, seconds, summaryLine } from './summary.ts'
