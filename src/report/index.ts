export { lastStats, type Stats } from './stats.ts'
export { count, seconds, summaryLine, unstableLine } from './summary.ts'
