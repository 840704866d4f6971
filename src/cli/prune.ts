import fs from 'node:fs/promises'
import path from 'node:path'
import { prune as pruneStore, type Pruned } from '../engine/index.ts'
import { bytes, count, keepLastBuilds, type LastBuilds } from '../report/index.ts'
import { exitCodes } from './exitCodes.ts'
import { openProgress } from './progress.ts'
import { findStore, noBuild, wrongUsage } from './store.ts'
import { sizeOf, timeOf } from './units.ts'

export interface PruneArgs {
  readonly 'max-size': string
  readonly 'max-age': string
  readonly 'for-ci'?: boolean | undefined
  readonly since?: string | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runPrune(args: PruneArgs): Promise<void> {
  const maxSize = sizeOf(args['max-size'])
  const maxAge = timeOf(args['max-age'])
  const since = args.since === undefined ? undefined : timeOf(args.since)
  if (maxSize === undefined) return wrongUsage('--max-size', '500MB or 2GiB', args['max-size'])
  if (maxAge === undefined) return wrongUsage('--max-age', '12h, 7d or 2w', args['max-age'])
  if (args.since !== undefined && since === undefined) {
    return wrongUsage('--since', '30m, 12h or 7d', args.since)
  }
  if (args.since !== undefined && !args['for-ci']) {
    console.error('--since goes with --for-ci: what all builds of that time used is kept.')
    process.exitCode = exitCodes.usage
    return
  }
  const dir = findStore(args.dir)
  const progress = openProgress('prune')
  const onProgress = progress.report
  const done = args['for-ci']
    ? await pruneForCI(dir, since, onProgress)
    : await pruneStore({ dir, maxSize, maxAge, onProgress })
  progress.end()
  if (!done) return noBuild(dir)
  console.log(args.json ? JSON.stringify(done, undefined, 2) : describe(done))
}

/** What is of no use on another machine goes too: stamps of this one's files, and what was put aside. */
async function pruneForCI(
  dir: string,
  since: number | undefined,
  onProgress: ReturnType<typeof openProgress>['report'],
): Promise<LastBuilds | undefined> {
  const from = since === undefined ? undefined : Date.now() - since
  const done = await keepLastBuilds({ dir, since: from, onProgress })
  for (const name of done ? ['digests', 'quarantine'] : []) {
    await fs.rm(path.join(dir, name), { recursive: true, force: true })
  }
  return done
}

function describe(done: Pruned | LastBuilds): string {
  const { status, droppedEntries, size, sizeBefore } = done
  if (status === 'skipped') {
    return `Nothing to do, or another process prunes this store now: ${bytes(size)}.`
  }
  const freed = `${count(droppedEntries)} entries dropped: ${bytes(sizeBefore)} → ${bytes(size)}.`
  if (!('roots' in done)) return freed
  const { builds, roots } = done
  return `Kept what the last builds used (${count(builds)} of ${count(roots.length)} projects). ${freed}`
}
