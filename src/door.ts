import {
  createPlugin,
  resolveOptions,
  type HostName,
  type Options,
  type RememberHooks,
} from './plugin/index.ts'
import { differingText, summaryLine } from './report/index.ts'

/** What the doors to the hosts share. */
export function openDoor(host: HostName, options: Options | undefined): RememberHooks {
  const resolved = resolveOptions(options)
  return createPlugin({
    host,
    options: resolved,
    summarize: resolved.summary ? summaryLine : () => undefined,
    warning: differingText,
  })
}
