import type { CommandDef } from 'citty'
import { bytes, count, listCalls, seconds, table } from '../report/index.ts'
import { findStore, limitOf } from './store.ts'

const args = {
  about: {
    type: 'positional',
    required: false,
    description: 'Part of a file name (default: all)',
  },
  plugin: { type: 'string', description: 'Only calls of this plugin' },
  tag: { type: 'string', description: 'Only entries with this tag' },
  limit: { type: 'string', default: '50', description: 'How many at most' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const ls: CommandDef<typeof args> = {
  meta: { name: 'ls', description: 'What is stored, the most recently used first.' },
  args,
  async run({ args }) {
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
  },
}
