import { resolve } from 'node:path'
import { openHasher, type Hasher } from '../key/index.ts'
import { createState, type State } from './state.ts'

interface Held {
  readonly state: State
  users: number
}

interface Registry {
  hasher: Promise<Hasher> | undefined
  readonly held: Map<string, Held>
}

/** A hold on the state of one folder. */
export interface Hold {
  readonly state: State
  /** Lets go; the last one closes the store. */
  release(): void
}

/**
 * Raise when State changes: two copies of this package in one process share
 * what they agree on, and else keep apart as two processes would.
 */
const REGISTRY = Symbol.for('vite-plugin-remember/engine/1')

/** The one hasher of this process. */
export function sharedHasher(): Promise<Hasher> {
  return hasherOf(registryOf(globalThis as { [REGISTRY]?: Registry }))
}

function hasherOf(registry: Registry): Promise<Hasher> {
  return (registry.hasher ??= openHasher())
}

/** The one state of a folder in this process, made when this is its first user. */
export async function holdState(dir: string): Promise<Hold> {
  const registry = registryOf(globalThis as { [REGISTRY]?: Registry })
  const hasher = await hasherOf(registry)
  const place = resolve(dir)
  const known = registry.held.get(place)
  const held = known ?? { state: createState(place, hasher), users: 0 }
  // What other processes wrote since the folder was opened here.
  known?.state.store.refresh()
  registry.held.set(place, held)
  held.users++
  let released = false
  return {
    state: held.state,
    release() {
      if (released) return
      released = true
      held.users--
      if (held.users > 0) return
      registry.held.delete(place)
      held.state.store.close()
    },
  }
}

/** Module-level state is forced here: copies of this module must find each other. */
function registryOf(home: { [REGISTRY]?: Registry }): Registry {
  home[REGISTRY] ??= { hasher: undefined, held: new Map() }
  return home[REGISTRY]
}
