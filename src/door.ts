import {
  addAuditHooks,
  auditedOptions,
  choose,
  chooseInAudit,
  createPlugin,
  readAuditPhase,
  resolveOptions,
  whyNot,
  type HostName,
  type Options,
  type PluginSettings,
  type RememberHooks,
  type ResolvedOptions,
} from './plugin/index.ts'
import { differingText, paintFor, summaryLine, verboseSummary } from './report/index.ts'
import { serveInspector } from './report/page/serve.ts'
import { watchUnseen } from './trace/index.ts'

/** What the doors to the hosts share. */
export function openDoor(host: HostName, options: Options | undefined): RememberHooks {
  const resolved = resolveOptions(options)
  const phase = readAuditPhase()
  if (phase) {
    if (phase.mode !== 'off') watchUnseen()
    const plugin = createPlugin({
      host,
      options: auditedOptions(resolved, phase),
      summarize: () => undefined,
      describeDiffering: differingText,
      choose: chooseInAudit(phase),
      inspect() {},
    })
    return addAuditHooks(plugin, phase)
  }
  return createPlugin({
    host,
    options: resolved,
    summarize: summarizer(resolved.summary),
    describeDiffering: differingText,
    choose,
    whyNot,
    inspect: serveInspector,
  })
}

function summarizer(summary: ResolvedOptions['summary']): PluginSettings['summarize'] {
  if (summary === false) return () => undefined
  if (summary === 'line') return summaryLine
  return (notes) => verboseSummary(notes, paintFor(process.stdout, process.env), process.env)
}
