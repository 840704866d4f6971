export { listCalls, type EntryFilter, type StoredCall } from './entries.ts'
export { lastStats, type Stats } from './stats.ts'
export { bytes, count, seconds, summaryLine, unstableLine } from './summary.ts'
export { causeLine, whyNew, type Why } from './why.ts'
