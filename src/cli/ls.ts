import { bytes, count, listCalls, seconds, table } from '../report/index.ts'
import { findStore, limitOf } from './store.ts'

export interface LsArgs {
  readonly about?: string | undefined
  readonly plugin?: string | undefined
  readonly tag?: string | undefined
  readonly limit: string
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runLs(args: LsArgs): Promise<void> {
  const limit = limitOf(args.limit)
  if (limit === undefined) return
  const dir = findStore(args.dir)
  const all = await listCalls(dir, args)
  const shown = all.slice(0, limit)
  if (args.json) {
    console.log(JSON.stringify(shown, undefined, 2))
    return
  }
  const rows = shown.map((call) => [
    call.key.slice(0, 8),
    `${call.plugin} ${call.hook}`,
    call.id.replace('<root>/', ''),
    bytes(call.size),
    `${seconds(call.computeMs)} to compute`,
    `${count(call.hits)} hits`,
    new Date(call.lastUsed).toISOString(),
    call.tags.join(', '),
  ])
  for (const line of table(rows)) console.log(line)
  if (all.length > limit) console.log(`  … and ${count(all.length - limit)} more (--limit)`)
  if (all.length === 0) console.log(`Nothing that fits is stored in ${dir}.`)
}
