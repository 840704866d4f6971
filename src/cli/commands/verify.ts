import type { CommandDef } from 'citty'

const args = {
  fix: { type: 'boolean', description: 'Move damaged files to quarantine/, where no build looks' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const verify: CommandDef<typeof args> = {
  meta: { name: 'verify', description: 'Reads every byte of the store and names what is damaged.' },
  args,
  async run({ args }) {
    const { runVerify } = await import('../verify.ts')
    await runVerify(args)
  },
}

export const examples: readonly string[] = ['remember verify', 'remember verify --fix']
