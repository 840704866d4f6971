import type { Digest, Hasher, NamedParts } from '../key/index.ts'
import type { HookCall } from './request.ts'
import type { Subject } from './subject.ts'

/** The plugin of a call, as its key names it. */
export interface CalledPlugin {
  readonly name: string
  readonly fingerprint: Digest
  /** The workspace root, where this call depends on it. */
  readonly root?: string | undefined
}

/** Digests of one hook of a plugin as it is now, by the options of its calls. */
export interface KnownCallees {
  readonly fingerprint: Digest
  readonly byOptions: Map<NamedParts, Digest>
}

/** Names who is called and how: all of a key but the module itself. */
export function calleeDigest(
  hasher: Pick<Hasher, 'digestOf'>,
  { name, fingerprint, root }: CalledPlugin,
  { hook, options }: HookCall,
): Digest {
  const parts: NamedParts = { fingerprint, hook, options, plugin: name }
  return hasher.digestOf(root === undefined ? parts : { ...parts, root }, 'callee')
}

/** The same for a plugin of the build. Modules differ, callees hardly do: thousands of calls share one digest. */
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
