import { verifyStore } from '../engine/index.ts'
import { bytes, count } from '../report/index.ts'
import { exitCodes } from './exitCodes.ts'
import { openProgress } from './progress.ts'
import { findStore } from './store.ts'

export interface VerifyArgs {
  readonly fix?: boolean | undefined
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runVerify(args: VerifyArgs): Promise<void> {
  const dir = findStore(args.dir)
  const progress = openProgress('verify')
  const found = await verifyStore(dir, { fix: args.fix, onProgress: progress.report })
  progress.end()
  const { packs, entries, size, damaged } = found
  if (damaged.length > 0 && !args.fix) process.exitCode = exitCodes.nothing
  if (args.json) {
    console.log(JSON.stringify(found, undefined, 2))
    return
  }
  for (const { file, detail } of damaged) {
    console.log(`${args.fix ? 'moved to quarantine/' : 'damaged'}: ${file} (${detail})`)
  }
  const state = damaged.length === 0 ? 'whole' : `${count(damaged.length)} files damaged`
  console.log(`${count(packs)} packs, ${bytes(size)}, ${count(entries)} usable entries: ${state}.`)
  if (damaged.length > 0 && !args.fix) console.log('Run `remember verify --fix` to move them.')
}
