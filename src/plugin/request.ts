import type { RememberRequest } from '../engine/index.ts'
import type { Digest, Hasher, NamedParts } from '../key/index.ts'
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
  /** True when `options` is one object for all calls that the host says the same of. */
  readonly isOrdinary: boolean
  /** Only for `renderChunk`. */
  readonly chunk?: NamedParts
}

/** The user's context of a call: the same three words on every surface. */
export interface UserContext {
  readonly extra: NamedParts
  readonly tags: readonly string[]
}

/** The plugin of a call, as its key names it. */
export interface CalledPlugin {
  readonly name: string
  readonly fingerprint: Digest
  /** The workspace root, where this call depends on it. */
  readonly root?: string | undefined
}

/** What a call depends on besides its arguments. */
export interface Besides {
  readonly given?: Digest | undefined
  readonly linked?: LinkedCalls | undefined
  /** From the project's root to the module, for a plugin that goes by it. */
  readonly way?: string | undefined
  /** What the policy's witness adds. */
  readonly witnessed?: NamedParts | undefined
}

const hookNamespace = 'vite-plugin-remember/hook'

/**
 * The named parts of a hook call's key. This is all there is to it: see docs/keys.md.
 *
 * @param callee the plugin, with the digest of `calleeOf`
 * @param id the call's, in its portable form
 */
export function hookRequest(
  callee: { readonly name: string; readonly digest: Digest },
  call: HookCall,
  id: string,
  user: UserContext,
  besides: Besides = {},
): RememberRequest {
  const { given, linked, way, witnessed } = besides
  // in the order of labels, as the encoder writes them
  const parts: Record<string, unknown> = { callee: callee.digest }
  if (call.chunk) parts['chunk'] = call.chunk
  parts['code'] = call.code
  if (given !== undefined) parts['given'] = given
  parts['id'] = id
  if (linked) parts['linked'] = Object.fromEntries(linked)
  if (way !== undefined) parts['way'] = way
  if (witnessed) parts['witnessed'] = witnessed
  return {
    namespace: hookNamespace,
    parts,
    extra: user.extra,
    tags: user.tags,
    label: `${callee.name} ${call.hook} ${id}`,
  }
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
    return { hook, id, code: undefined, ...callOptions(options, id) }
  }
  const [code, second, options] = args
  if (typeof code !== 'string') return undefined
  if (hook === 'transform') {
    if (typeof second !== 'string') return undefined
    return { hook, id: second, code, ...callOptions(options, second) }
  }
  const chunk = second as Fields
  return {
    hook,
    id: String(chunk['fileName']),
    code,
    chunk: plainFields(chunk, policy.chunkFields),
    options: plainFields(options as Fields, policy.optionFields),
    isOrdinary: false,
  }
}

/**
 * Hosts add more to these options (Vite dev a mutable object per module,
 * Rolldown getters that parse or copy the code): only what they say of the call is read.
 */
function callOptions(options: unknown, id: string): Pick<HookCall, 'options' | 'isOrdinary'> {
  const { ssr: said, moduleType, attributes, rawId } = (options ?? {}) as Fields
  const ssr = said ?? false
  const isOwnId = rawId === undefined || rawId === id
  if (isOwnId && typeof ssr === 'boolean' && hasNoLabels(attributes)) {
    return { options: ordinaryOptions(ssr, moduleType), isOrdinary: true }
  }
  const own = { attributes: { ...(attributes as object) }, moduleType, ssr }
  return { options: isOwnId ? own : { ...own, rawId }, isOrdinary: false }
}

function ordinaryOptions(ssr: boolean, moduleType: unknown): NamedParts {
  const known = ordinary[ssr ? 'ssr' : 'client']
  let options = known.get(moduleType)
  if (!options) known.set(moduleType, (options = { attributes: {}, moduleType, ssr }))
  return options
}

const ordinary = { ssr: new Map<unknown, NamedParts>(), client: new Map<unknown, NamedParts>() }

function hasNoLabels(attributes: unknown): boolean {
  for (const _ in attributes as object) return false
  return true
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
