import type * as NodeInspector from 'node:inspector'
import { type Post, poster } from './session.ts'

/** A function of a script: its text, and where it stands (counted from 0). */
export interface Sample {
  readonly source: string
  readonly line: number
  readonly column: number
}

/** A function, and the script that V8 said it is from. */
export interface Located {
  readonly sample: Sample
  readonly url: string
}

/** Script id → the URL its loader gave it; grows when an unknown id is asked for. */
export interface ScriptTable {
  /** With a function of the script nobody need ask V8 if `locate` knows it. */
  url(scriptId: string, sample?: Sample): string | undefined
  /** What `locate` did not know. */
  located(): readonly Located[]
}

/** What spares the look into V8's list of scripts. */
export interface KnownScripts {
  /** From `callerScripts`. */
  readonly callers?: ReadonlyMap<string, string> | undefined
  /**
   * The URL of a function's script as an earlier process with the same config
   * located it. Know nothing when the config changed: a copy of a file can't be told
   * from the file.
   */
  readonly locate?: ((sample: Sample) => string | undefined) | undefined
}

interface Script {
  readonly scriptId: string
  readonly url: string
}

/** Shorter functions stand at the same place in files of all kinds. */
const TELLING = 24

/**
 * The scripts of this thread. V8 lists them in two ways: coverage names those
 * whose functions ran for a while (18 ms for 900 scripts), the debugger names
 * all, but counts the lines of each first (146 ms for the same process). So
 * the debugger is asked only for what nothing else knows.
 */
export function scriptTable(
  session: NodeInspector.Session,
  post: Post,
  { callers, locate }: KnownScripts,
): ScriptTable {
  const urls = new Map<string, string | undefined>(callers)
  /** One function of each script. */
  const located = new Map<string, Located>()
  let newest = -1
  const add = (scripts: readonly Script[]): void => {
    for (const { scriptId, url } of scripts) {
      urls.set(scriptId, url)
      newest = Math.max(newest, Number(scriptId))
    }
  }
  const list = (scriptId: string): void => {
    // Ids grow: coverage that knows newer scripts will not know this one either.
    if (!urls.has(scriptId) && Number(scriptId) > newest) add(covered(post))
    if (!urls.has(scriptId)) add(parsed(session, post))
    if (!urls.has(scriptId)) urls.set(scriptId, undefined)
  }
  return {
    url(scriptId, sample) {
      if (callers?.has(scriptId)) return callers.get(scriptId)
      const isTelling = sample !== undefined && sample.source.length >= TELLING
      const known = urls.has(scriptId) || !isTelling ? undefined : locate?.(sample)
      if (known !== undefined) urls.set(scriptId, known)
      list(scriptId)
      const url = urls.get(scriptId)
      const isNew = isTelling && known === undefined && !located.has(scriptId)
      if (url && isNew) located.set(scriptId, { sample, url })
      return url
    },
    located: () => [...located.values()],
  }
}

/**
 * Scripts of the functions that are running now: called in a plugin's factory,
 * it learns of the config file for 1 ms. Empty without an inspector.
 */
export function callerScripts(): ReadonlyMap<string, string> {
  try {
    const { Session } = process.getBuiltinModule('node:inspector')
    const session = new Session()
    session.connect()
    try {
      return new Map(running(poster(session)).map(({ scriptId, url }) => [scriptId, url]))
    } finally {
      session.disconnect()
    }
  } catch {
    return new Map()
  }
}

interface Thrown {
  readonly exceptionDetails?: { readonly stackTrace?: { readonly callFrames: readonly Script[] } }
}

/** The stack of an error that the inspector throws reaches down to whoever asked. */
function running(post: Post): readonly Script[] {
  post('Runtime.enable')
  const { exceptionDetails } = post<Thrown>('Runtime.evaluate', { expression: 'throw new Error()' })
  return (exceptionDetails?.stackTrace?.callFrames ?? []).filter(({ url }) => url !== '')
}

/**
 * "Best effort" only reads what V8 counted anyway. It needs no `Profiler.enable`,
 * and must not have one: the `disable` that goes with it ends the coverage that
 * others are taking in this process (`NODE_V8_COVERAGE`, c8).
 */
function covered(post: Post): readonly Script[] {
  try {
    return post<{ result: Script[] }>('Profiler.getBestEffortCoverage').result
  } catch {
    return []
  }
}

function parsed(session: NodeInspector.Session, post: Post): readonly Script[] {
  const scripts: Script[] = []
  const note = ({ params }: { params: Script }): void => void scripts.push(params)
  session.on('Debugger.scriptParsed', note)
  try {
    post('Debugger.enable')
    post('Debugger.disable')
  } catch {
    // The session is closed; what came is what there is.
  } finally {
    session.off('Debugger.scriptParsed', note)
  }
  return scripts
}
