import {
  addAuditHooks,
  auditedOptions,
  choose,
  chooseInAudit,
  createPlugin,
  readAuditPhase,
  resolveOptions,
  type HostName,
  type Options,
  type RememberHooks,
} from './plugin/index.ts'
import { differingText, summaryLine } from './report/index.ts'
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
    summarize: resolved.summary ? summaryLine : () => undefined,
    describeDiffering: differingText,
    choose,
    inspect: serveInspector,
  })
}
