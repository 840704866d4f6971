import type { CommandDef } from 'citty'
import { clear as clearStore } from '../engine/index.ts'
import { bytes, count, isCall } from '../report/index.ts'
import { findStore } from './store.ts'

const args = {
  about: {
    type: 'positional',
    required: false,
    description: 'Part of a file name (default: all)',
  },
  plugin: { type: 'string', description: 'Only calls of this plugin' },
  tag: { type: 'string', description: 'Only entries with this tag' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const clear: CommandDef<typeof args> = {
  meta: {
    name: 'clear',
    description: 'Withdraws entries: all, or those of a file, a plugin or a tag.',
  },
  args,
  async run({ args }) {
    const isCut = [args.about, args.plugin, args.tag].some(Boolean)
    const done = await clearStore({
      dir: findStore(args.dir),
      where: isCut ? (facts) => isCall(facts, args) : undefined,
    })
    if (args.json) {
      console.log(JSON.stringify(done, undefined, 2))
      return
    }
    const { clearedEntries, size, sizeBefore } = done
    console.log(`${count(clearedEntries)} entries cleared: ${bytes(sizeBefore)} → ${bytes(size)}.`)
  },
}
