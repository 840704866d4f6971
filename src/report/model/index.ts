export { openDetails, type DetailReader } from './details.ts'
export { makeReport } from './report.ts'
export type {
  BuildReport,
  CallDetails,
  CallReport,
  CallState,
  ModuleDetails,
  ModuleReport,
  NamedPart,
  Report,
  RunReport,
  RunSummary,
} from './types.ts'
