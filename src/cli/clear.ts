import { clear as clearStore } from '../engine/index.ts'
import { bytes, count, isCall } from '../report/index.ts'
import { openProgress } from './progress.ts'
import { findStore } from './store.ts'

export interface ClearArgs {
  readonly about?: string | undefined
  readonly plugin?: string | undefined
  readonly tag?: string | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runClear(args: ClearArgs): Promise<void> {
  const isCut = [args.about, args.plugin, args.tag].some(Boolean)
  const progress = openProgress('clear')
  const done = await clearStore({
    onProgress: progress.report,
    dir: findStore(args.dir),
    where: isCut ? (facts) => isCall(facts, args) : undefined,
  })
  progress.end()
  if (args.json) {
    console.log(JSON.stringify(done, undefined, 2))
    return
  }
  const { clearedEntries, size, sizeBefore } = done
  console.log(`${count(clearedEntries)} entries cleared: ${bytes(sizeBefore)} → ${bytes(size)}.`)
}
