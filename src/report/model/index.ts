export { openDetails, type DetailReader } from './details.ts'
export { makeReport, type ReportSource } from './report.ts'
export type {
  BuildReport,
  CallDetails,
  CallReport,
  CallState,
  CodeBefore,
  ModuleDetails,
  ModuleReport,
  NamedPart,
  OtherReport,
  PluginReport,
  Report,
  RunReport,
  RunSummary,
  StoreReport,
} from './types.ts'
