export { lastStats, type PluginStats, type Stats } from './stats.ts'
export { count, seconds, summaryLine } from './summary.ts'
