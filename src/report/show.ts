import { readBuilds, readEntries, type EntryDetails } from '../engine/index.ts'
import type { BuildNotes } from '../plugin/index.ts'
import { listCalls, storedCall, type StoredCall } from './entries.ts'

/** One stored hook call with all that is known of it. */
export interface ShownCall extends EntryDetails, Pick<StoredCall, 'plugin' | 'hook' | 'id'> {
  /** The build that stored it. */
  readonly storedBy:
    | { readonly startedAt: string; readonly host: string; readonly node: string }
    | undefined
}

/**
 * Stored calls, the most recently used first.
 *
 * @param about the first letters of a key, or part of a file name
 */
export async function showCalls(dir: string, about: string, limit: number): Promise<ShownCall[]> {
  const all = await listCalls(dir)
  const byKey = all.filter(({ key }) => key.startsWith(about))
  const fitting = byKey.length > 0 ? byKey : all.filter(({ id }) => id.includes(about))
  const keys = [...new Set(fitting.map(({ key }) => key))].slice(0, limit)
  const builds = new Map((await readBuilds(dir)).map((record) => [record.id, record]))
  const shown: ShownCall[] = []
  for (const key of keys) {
    for (const entry of await readEntries(dir, key)) {
      const { plugin, hook, id } = storedCall(entry)
      const record = builds.get(entry.build)
      const host = (record?.notes as Partial<BuildNotes> | undefined)?.host ?? 'unknown'
      const storedBy = record && {
        startedAt: new Date(record.startedAt).toISOString(),
        host,
        node: record.host.node,
      }
      shown.push({ ...entry, plugin, hook, id, storedBy })
    }
  }
  return shown
}
