import type { RememberRequest } from '../engine/index.ts'
import type { Digest, NamedParts } from '../key/index.ts'
import type { LinkedCalls } from './links.ts'
import type { CachePolicy, HookName } from '../policies/index.ts'
import { isPlain } from './plainData.ts'

/** One call of another plugin's hook, taken apart. */
export interface HookCall {
  readonly hook: HookName
  /** Module id, or the chunk's file name for `renderChunk`. */
  readonly id: string
  readonly code: string | undefined
  /** What the hook's options say, as plain data. */
  readonly options: NamedParts
  /** Only for `renderChunk`. */
  readonly chunk?: NamedParts
}

/** The user's context of a call: the same three words on every surface. */
export interface UserContext {
  readonly extra: NamedParts
  readonly tags: readonly string[]
}

const hookNamespace = 'vite-plugin-remember/hook'

/**
 * The named parts of a hook call's key. This is all there is to it: see docs/keys.md.
 *
 * @param id the call's, in its portable form.
 */
export function hookRequest(
  plugin: {
    readonly name: string
    readonly fingerprint: Digest
    /** Where this call depends on it. */
    readonly root?: string | undefined
  },
  call: HookCall,
  id: string,
  user: UserContext,
  linked?: LinkedCalls,
): RememberRequest {
  return {
    namespace: hookNamespace,
    // in the order of labels, as the encoder writes them
    parts: {
      ...(call.chunk && { chunk: call.chunk }),
      code: call.code,
      fingerprint: plugin.fingerprint,
      hook: call.hook,
      id,
      ...(linked && { linked: Object.fromEntries(linked) }),
      options: call.options,
      plugin: plugin.name,
      ...(plugin.root !== undefined && { root: plugin.root }),
    },
    extra: user.extra,
    tags: user.tags,
    label: `${plugin.name} ${call.hook} ${id}`,
  }
}

type Fields = Readonly<Record<string, unknown>>

/** Takes the arguments of a hook apart; undefined when they are not of a form we know. */
export function readCall(
  hook: HookName,
  args: readonly unknown[],
  policy: CachePolicy,
): HookCall | undefined {
  if (hook === 'load') {
    const [id, options] = args
    if (typeof id !== 'string') return undefined
    return { hook, id, code: undefined, options: callOptions(options, id) }
  }
  const [code, second, options] = args
  if (typeof code !== 'string') return undefined
  if (hook === 'transform') {
    if (typeof second !== 'string') return undefined
    return { hook, id: second, code, options: callOptions(options, second) }
  }
  const chunk = second as Fields
  return {
    hook,
    id: String(chunk['fileName']),
    code,
    chunk: plainFields(chunk, policy.chunkFields),
    options: plainFields(options as Fields),
  }
}

/**
 * Hosts add more to these options (Vite dev a mutable object per module,
 * Rolldown getters that parse or copy the code): only what they say of the call is read.
 */
function callOptions(options: unknown, id: string): NamedParts {
  const { ssr, moduleType, attributes, rawId } = (options ?? {}) as Fields
  const said = { attributes: { ...(attributes as object) }, moduleType, ssr: ssr ?? false }
  return rawId === undefined || rawId === id ? said : { ...said, rawId }
}

/** Where the output is written reaches no chunk; `modules` holds all code once more (`moduleIds` stays). */
const leftOut = new Set(['dir', 'file', 'modules', 'plugins'])

/** A host object's fields (some are getters on its class): plain data as it is, functions by their source. */
function plainFields(from: Fields, names?: readonly string[]): NamedParts {
  const plain: Record<string, unknown> = {}
  for (const name of names ?? fieldNames(from)) {
    const value = leftOut.has(name) ? undefined : from[name]
    if (typeof value === 'function') plain[name] = { source: String(value) }
    else if (isPlain(value)) plain[name] = value
  }
  return plain
}

function fieldNames(from: Fields): string[] {
  const names = new Set(Object.keys(from))
  const prototype: unknown = Object.getPrototypeOf(from)
  if (prototype !== null && prototype !== Object.prototype) {
    for (const [name, descriptor] of Object.entries(
      Object.getOwnPropertyDescriptors(prototype as object),
    )) {
      if (descriptor.get) names.add(name)
    }
  }
  return [...names]
}
