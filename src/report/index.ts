// `model/` and what is of `page/` are imported by themselves: a build, which needs neither, would load them.
export { isCall, listCalls } from './entries.ts'
export { differingLine, differingText } from './differing.ts'
export { statsSince, type History } from './history.ts'
export { lastStats, type Stats } from './stats.ts'
export { bytes, count, seconds, summaryLine, unstableLine } from './summary.ts'
export { causeLine, whyNew, type Why } from './why.ts'
export { showCalls, type ShownCall } from './show.ts'
