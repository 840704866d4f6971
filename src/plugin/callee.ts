import type { Digest, Hasher, NamedParts } from '../key/index.ts'
import { calleeDigest, type CalledPlugin, type HookCall } from './request.ts'
import type { Subject } from './subject.ts'

/** Digests of one hook of a plugin as it is now, by the options of its calls. */
export interface KnownCallees {
  readonly fingerprint: Digest
  readonly byOptions: Map<NamedParts, Digest>
}

/** The digest of a plugin of the build, its hook and the options of a call. Modules differ, callees hardly do: thousands of calls share one digest. */
export function calleeOf(
  hasher: Hasher,
  subject: Subject,
  plugin: CalledPlugin,
  call: HookCall,
): Digest {
  if (plugin.root !== undefined || !call.isOrdinary) return calleeDigest(hasher, plugin, call)
  const { fingerprint } = plugin
  let known = subject.callees.get(call.hook)
  if (known?.fingerprint !== fingerprint) {
    known = { fingerprint, byOptions: new Map() }
    subject.callees.set(call.hook, known)
  }
  let digest = known.byOptions.get(call.options)
  if (digest === undefined) {
    known.byOptions.set(call.options, (digest = calleeDigest(hasher, plugin, call)))
  }
  return digest
}
