import type { CommandDef } from 'citty'
import { clear as clearStore } from '../engine/index.ts'
import { bytes, count, isCall } from '../report/index.ts'
import { filterArgs, storeArgs } from './args.ts'
import { findStore } from './store.ts'

const args = {
  ...filterArgs,
  ...storeArgs,
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
