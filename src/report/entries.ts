import { openCache, type EntryFacts } from '../engine/index.ts'

/** Entries of the store that a list may be cut down to; all that are given must fit. */
export interface EntryFilter {
  /** Part of the label, e.g. of a file name. */
  readonly about?: string | undefined
  readonly plugin?: string | undefined
  readonly tag?: string | undefined
}

/** The remembered hook calls of a store that fit, the most recently used first. */
export async function listCalls(dir: string, filter: EntryFilter = {}): Promise<StoredCall[]> {
  const cache = await openCache({ dir, mode: 'readonly' })
  try {
    const entries = await cache.entries()
    return entries
      .filter((facts) => isCall(facts, filter))
      .map(storedCall)
      .sort((a, b) => b.lastUsed - a.lastUsed)
  } finally {
    await cache.close()
  }
}

/** An entry with its label taken apart. */
export interface StoredCall extends EntryFacts {
  readonly plugin: string
  readonly hook: string
  /** Portable: relative to `<root>/`. */
  readonly id: string
}

/** True for what a store holds of a hook call that fits. */
export function isCall(facts: EntryFacts, filter: EntryFilter): boolean {
  return isHookEntry(facts) && fits(storedCall(facts), filter)
}

export function isHookEntry({ namespace }: Pick<EntryFacts, 'namespace'>): boolean {
  return namespace === hookNamespace
}

export const hookNamespace = 'vite-plugin-remember/hook'

/** An entry with its label taken apart. */
export function storedCall(facts: EntryFacts): StoredCall {
  // names of plugins may hold spaces, hooks do not
  return { ...facts, ...takeApart(facts.label) }
}

/** The label of a hook call's entry. */
export function takeApart(label: string): Pick<StoredCall, 'plugin' | 'hook' | 'id'> {
  // names of plugins may hold spaces, hooks do not
  const [, plugin = '', hook = '', id = ''] =
    /^(.*?) (load|transform|renderChunk) (.*)$/s.exec(label) ?? []
  return { plugin, hook, id }
}

function fits(call: StoredCall, { about, plugin, tag }: EntryFilter): boolean {
  if (about && !call.label.includes(about.replace(/^\.\//, ''))) return false
  if (plugin && call.plugin !== plugin) return false
  return !tag || call.tags.includes(tag)
}
