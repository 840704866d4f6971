import { addRecords, noTouches, type Touches } from './facts.ts'
import { decodeFacts } from './factsTable.ts'
import { FACTS_NAME } from '../store/index.ts'
import type { State } from './state.ts'

/** All touches that are stored, and the build records they come from. */
export interface StoredTouches {
  readonly touches: Touches
  /** Ids of the records in `builds/` that are in the touches, oldest first. */
  readonly records: readonly string[]
}

/**
 * Folds what a compaction kept and the records that came after it, and brings
 * the store up to date: a session commits before it writes its record, so all
 * that a listed record names is there then.
 */
export function storedTouches({ codec, store }: State): StoredTouches {
  const touches = noTouches()
  const listed = store.builds.list()
  store.refresh()
  const row = store.view.facts(FACTS_NAME)
  const read = row && store.read(row)
  const folded = read === undefined ? new Set<string>() : decodeFacts(codec, read.bytes, touches)
  const added = addRecords(
    touches,
    store,
    listed.filter((id) => !folded.has(id)),
  )
  const known = new Set([...folded, ...added])
  return { touches, records: listed.filter((id) => known.has(id)) }
}
