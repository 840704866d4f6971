import { type Known, knownObjects } from './known.ts'
import { type Post, poster, type Properties, type Remote } from './session.ts'
import { sourceOf } from './values.ts'
import { packagePath, pathOf } from './locality.ts'
import { type KnownScripts, type Sample, scriptTable } from './scripts.ts'

/** One level of what a function can see: `variables` holds the values of this moment, in no stable order. */
export interface Scope {
  /** V8's word for it. `closure` is also the wrapper function of a CommonJS file. */
  readonly kind: 'block' | 'catch' | 'closure' | 'eval' | 'module' | 'script' | 'with'
  /** Name of the function the scope belongs to, empty for anonymous ones. */
  readonly name: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** What JavaScript itself does not tell about an object. */
export interface Inside {
  /** Innermost first, without the global scope. Empty for native and bound functions. */
  readonly scopes: readonly Scope[]
  /** Where the function is defined, lines and columns counted from 0; absent for native and bound functions. */
  readonly location: Location | undefined
  /** Only for bound functions. */
  readonly bound: Bound | undefined
  /** What a Proxy stands before. */
  readonly proxied: unknown
  /** Values of `#private` fields of an instance, of static ones for a class. */
  readonly privates: Readonly<Record<string, unknown>>
  /** Only for promises. */
  readonly promise: Settled | undefined
  /** Only for weak maps, in no stable order. */
  readonly entries: readonly (readonly [key: object, value: unknown])[]
}

export interface Settled {
  readonly state: 'fulfilled' | 'pending' | 'rejected'
  readonly value: unknown
}

export interface Location {
  readonly scriptId: string
  readonly lineNumber: number
  readonly columnNumber: number
}

export interface Bound {
  readonly target: unknown
  readonly self: unknown
  readonly args: unknown
}

export interface LocatedFile {
  readonly sample: Sample
  readonly file: string
}

/** Looks into functions and instances of this thread without calling anything of theirs. */
export interface Inspector {
  /** One answer per object, in order; `undefined` when V8 would not tell. Costs about 0.1 ms per function. */
  look(objects: readonly object[]): readonly (Inside | undefined)[]
  /** URL or path of the script that defines a function, as its loader named it. Can cost 20 to 200 ms for a script that was not asked for before. */
  scriptUrl(location: Location, fn?: object): string | undefined
  /** Functions of installed packages and the files they were found in, for `locate` in the next process. */
  located(): readonly LocatedFile[]
  /** Names of library objects that are loaded by now. */
  known(): Known
  close(): void
}

/**
 * Opens a session with this thread's own inspector, or gives `undefined` where
 * there is none (a Node built without it, another runtime, no permission).
 * Works beside an open debugger: every session has its own view.
 */
export function openInspector(scripts: KnownScripts = {}): Inspector | undefined {
  try {
    const inspector = process.getBuiltinModule('node:inspector')
    const session = new inspector.Session()
    session.connect()
    const post = poster(session)
    const table = scriptTable(session, post, scripts)
    return {
      look: (objects) => look(objects, post),
      scriptUrl: ({ scriptId, lineNumber: line, columnNumber: column }, fn) =>
        table.url(scriptId, fn && { source: sourceOf(fn), line, column }),
      located: () =>
        table
          .located()
          .map(({ sample, url }) => ({ sample, file: pathOf(url) }))
          .filter(({ file }) => packagePath(file) !== undefined),
      known: knownObjects(),
      close: () => session.disconnect(),
    }
  } catch {
    return undefined
  }
}

/** Where this file and the inspector hand objects to each other: it reaches only what has a global name. */
const DESK = Symbol.for('vite-plugin-remember.inspector')
const ASK = `globalThis[Symbol.for('vite-plugin-remember.inspector')].objects`
const TAKE = `function (...taken) { globalThis[Symbol.for('vite-plugin-remember.inspector')].taken = taken }`
const GROUP = 'vite-plugin-remember'

function look(objects: readonly object[], post: Post): readonly (Inside | undefined)[] {
  const desk: { objects: readonly object[]; taken: unknown[] } = { objects, taken: [] }
  try {
    Object.defineProperty(globalThis, DESK, { value: desk, configurable: true })
    const { result } = post<{ result: Remote }>('Runtime.evaluate', {
      expression: ASK,
      objectGroup: GROUP,
    })
    const handles: Remote[] = []
    const views = elements(result, post).map((remote) => view(remote, handles, post))
    // Scopes, targets and private values come over as live objects, all in one call.
    post('Runtime.callFunctionOn', {
      objectId: result.objectId,
      functionDeclaration: TAKE,
      arguments: handles,
    })
    return views.map((read) => read(desk.taken))
  } catch {
    return objects.map(() => undefined)
  } finally {
    Reflect.deleteProperty(globalThis, DESK)
    release(post)
  }
}

function elements(array: Remote, post: Post): Remote[] {
  const { result } = propertiesOf(array, post)
  return result.flatMap(({ name, value }) => (name !== 'length' && value?.objectId ? [value] : []))
}

function propertiesOf({ objectId }: Remote, post: Post): Properties {
  return post<Properties>('Runtime.getProperties', { objectId, ownProperties: true })
}

/** Puts the handles that this object needs on the list, and gives the function that reads them once they are taken over. */
function view(remote: Remote, handles: Remote[], post: Post): (taken: unknown[]) => Inside {
  const properties = propertiesOf(remote, post)
  const internal = (name: string): Remote | undefined =>
    properties.internalProperties?.find((property) => property.name === name)?.value
  const wanted = (value: Remote | undefined): ((taken: unknown[]) => unknown) => {
    if (!value) return () => undefined
    const at = handles.push(value) - 1
    return (taken) => taken[at]
  }
  const scopes = wanted(internal('[[Scopes]]'))
  const target = wanted(internal('[[TargetFunction]]'))
  const self = wanted(internal('[[BoundThis]]'))
  const args = wanted(internal('[[BoundArgs]]'))
  const proxied = wanted(internal('[[Target]]'))
  const state = internal('[[PromiseState]]')?.value as Settled['state'] | undefined
  const settled = wanted(state && internal('[[PromiseResult]]'))
  const entries = wanted(internal('[[Entries]]'))
  const privates = (properties.privateProperties ?? []).map(
    ({ name, value }) => [name, wanted(value)] as const,
  )
  const location = internal('[[FunctionLocation]]')?.value as Location | undefined
  return (taken) => ({
    scopes: readScopes(scopes(taken)),
    location,
    bound: target(taken)
      ? { target: target(taken), self: self(taken), args: args(taken) }
      : undefined,
    proxied: proxied(taken),
    privates: Object.fromEntries(privates.map(([name, read]) => [name, read(taken)])),
    promise: state && { state, value: settled(taken) },
    entries: readEntries(entries(taken)),
  })
}

function readEntries(raw: unknown): Inside['entries'] {
  const rows = Array.from((raw ?? []) as ArrayLike<{ key: object; value: unknown }>)
  return rows.map(({ key, value }) => [key, value])
}

interface RawScope {
  /** `Closure (vuePlugin)`, `With Block`, `Module` … */
  readonly description: string
  readonly object: Record<string, unknown>
}

function readScopes(raw: unknown): Scope[] {
  return Array.from((raw ?? []) as ArrayLike<RawScope>).flatMap(({ description, object }) => {
    const [, kind = '', name = ''] = /^(\w+)(?: Block)?(?: \((.*)\))?$/s.exec(description) ?? []
    if (kind === 'Global') return []
    return [{ kind: kind.toLowerCase() as Scope['kind'], name, variables: object }]
  })
}

function release(post: Post): void {
  try {
    post('Runtime.releaseObjectGroup', { objectGroup: GROUP })
  } catch {
    // The session never answered, so there is nothing to release.
  }
}
