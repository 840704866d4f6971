/** The ways a hook can look at the file system, each with its own kind of answer. */
export type Look = 'file' | 'exists' | 'folder' | 'realpath'

/** What one hook call did that its key does not say. Filled while the call runs. */
export interface Observation {
  /** First look of each kind at each absolute path. */
  readonly looks: Map<string, { readonly look: Look; readonly path: string }>
  /** Names of environment variables read. */
  readonly env: Set<string>
  /** True when the whole environment was walked over, as one does to start a process. */
  wholeEnv: boolean
  /** True when something was written to the terminal: no replay could show it the same way. */
  printed: boolean
  /** Called at the first look at each path, before the hook sees the answer. */
  readonly onLook: (look: Look, path: string) => void
}

export function createObservation(onLook: (look: Look, path: string) => void): Observation {
  return { looks: new Map(), env: new Set(), wholeEnv: false, printed: false, onLook }
}

export function noteLook(observation: Observation, look: Look, path: string): void {
  const name = `${look}:${path}`
  if (observation.looks.has(name)) return
  observation.looks.set(name, { look, path })
  observation.onLook(look, path)
}
