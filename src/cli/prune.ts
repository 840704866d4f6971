import { prune as pruneStore } from '../engine/index.ts'
import { bytes, count } from '../report/index.ts'
import { openProgress } from './progress.ts'
import { findStore, wrongUsage } from './store.ts'
import { sizeOf, timeOf } from './units.ts'

export interface PruneArgs {
  readonly 'max-size': string
  readonly 'max-age': string
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runPrune(args: PruneArgs): Promise<void> {
  const maxSize = sizeOf(args['max-size'])
  const maxAge = timeOf(args['max-age'])
  if (maxSize === undefined) return wrongUsage('--max-size', '500MB or 2GiB', args['max-size'])
  if (maxAge === undefined) return wrongUsage('--max-age', '12h, 7d or 2w', args['max-age'])
  const progress = openProgress('prune')
  const done = await pruneStore({
    dir: findStore(args.dir),
    maxSize,
    maxAge,
    onProgress: progress.report,
  })
  progress.end()
  if (args.json) {
    console.log(JSON.stringify(done, undefined, 2))
    return
  }
  const { status, droppedEntries, size, sizeBefore } = done
  console.log(
    status === 'skipped'
      ? `Nothing to do, or another process prunes this store now: ${bytes(size)}.`
      : `${count(droppedEntries)} entries dropped: ${bytes(sizeBefore)} → ${bytes(size)}.`,
  )
}
