import type { Started } from './processes.ts'
import { isToolCache } from './toolCaches.ts'

/** The ways a hook can look at the file system, each with its own kind of answer. */
export type Look = 'file' | 'exists' | 'folder' | 'realpath'

/** What one hook call did that its key does not say. Filled while the call runs. */
export interface Observation {
  /** First look of each kind at each absolute path. */
  readonly looks: Set<string>
  /** Names of environment variables read. */
  readonly env: Set<string>
  /** True when something was written to the terminal: no replay could show it the same way. */
  printed: boolean
  /** What was started whose own inputs nobody sees, e.g. `a child process`; only an audit looks for it. */
  readonly unseen: Set<string>
  /** A file that this call sees as it was, whatever it is by now. */
  instead?: { readonly path: string; readonly content: Buffer } | undefined
  /** True when another process or machine was asked: nobody sees whether it would answer the same. */
  network: boolean
  /** A process that was started: what it reads is seen by nobody. */
  started?: Started | undefined
  readonly on: Listener
}

/** Told at the first look at each thing, before the hook sees the answer: calls that run beside it may use what it finds. */
export interface Listener {
  look(look: Look, path: string): void
  /** Name of an environment variable; `*` when the whole environment was walked over, as one does to start a process. */
  env(name: string): void
}

export function createObservation(on: Listener): Observation {
  return {
    looks: new Set(),
    env: new Set(),
    printed: false,
    network: false,
    unseen: new Set(),
    on,
  }
}

export function noteEnv(observation: Observation, name: string): void {
  if (observation.env.has(name)) return
  observation.env.add(name)
  observation.on.env(name)
}

export function noteLook(observation: Observation, look: Look, path: string): void {
  const name = `${look}:${path}`
  if (observation.looks.has(name)) return
  observation.looks.add(name)
  if (isToolCache(path)) return
  observation.on.look(look, path)
}
