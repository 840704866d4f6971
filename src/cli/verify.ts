import type { CommandDef } from 'citty'
import { verifyStore } from '../engine/index.ts'
import { bytes, count } from '../report/index.ts'
import { exitCodes } from './exitCodes.ts'
import { findStore } from './store.ts'

const args = {
  fix: { type: 'boolean', description: 'Move damaged files to quarantine/, where no build looks' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const verify: CommandDef<typeof args> = {
  meta: { name: 'verify', description: 'Reads every byte of the store and names what is damaged.' },
  args,
  async run({ args }) {
    const dir = findStore(args.dir)
    const found = await verifyStore(dir, { fix: args.fix })
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
    console.log(
      `${count(packs)} packs, ${bytes(size)}, ${count(entries)} usable entries: ${state}.`,
    )
    if (damaged.length > 0 && !args.fix) console.log('Run `remember verify --fix` to move them.')
  },
}
