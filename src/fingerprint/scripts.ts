import type * as NodeInspector from 'node:inspector'
import type { Post } from './session.ts'

/** Script id → the URL its loader gave it; grows when an unknown id is asked for. */
export interface ScriptTable {
  url(scriptId: string): string | undefined
}

interface Script {
  readonly scriptId: string
  readonly url: string
}

/**
 * The scripts of this thread. V8 lists them in two ways: coverage names those
 * whose functions ran (18 ms for 900 scripts), the debugger names all, at the
 * price of hashing every source (146 ms for the same process, first time). So
 * the debugger is asked only for what coverage does not know.
 */
export function scriptTable(session: NodeInspector.Session, post: Post): ScriptTable {
  const urls = new Map<string, string>()
  const add = ({ scriptId, url }: Script): void => void urls.set(scriptId, url)
  return {
    url(scriptId) {
      if (!urls.has(scriptId)) covered(post).forEach(add)
      if (!urls.has(scriptId)) parsed(session, post).forEach(add)
      return urls.get(scriptId)
    },
  }
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
  } catch {
    return scripts
  } finally {
    attempt(() => post('Debugger.disable'))
    session.off('Debugger.scriptParsed', note)
  }
  return scripts
}

function attempt(act: () => void): void {
  try {
    act()
  } catch {
    // The table stays as it is.
  }
}
