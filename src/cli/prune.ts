import type { CommandDef } from 'citty'
import { prune as pruneStore } from '../engine/index.ts'
import { bytes, count } from '../report/index.ts'
import { findStore, wrongUsage } from './store.ts'
import { sizeOf, timeOf } from './units.ts'

const args = {
  'max-size': {
    type: 'string',
    default: '2GiB',
    description: 'Keep at most this much, the most recently used first, e.g. 500MB',
  },
  'max-age': { type: 'string', default: '30d', description: 'Drop what was not used for so long' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const prune: CommandDef<typeof args> = {
  meta: {
    name: 'prune',
    description: 'Drops what was not used for long or does not fit. Safe beside running builds.',
  },
  args,
  async run({ args }) {
    const maxSize = sizeOf(args['max-size'])
    const maxAge = timeOf(args['max-age'])
    if (maxSize === undefined) return wrongUsage('--max-size', '500MB or 2GiB', args['max-size'])
    if (maxAge === undefined) return wrongUsage('--max-age', '12h, 7d or 2w', args['max-age'])
    const done = await pruneStore({ dir: findStore(args.dir), maxSize, maxAge })
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
  },
}
