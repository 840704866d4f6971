import type { CommandDef } from 'citty'

const args = {
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const doctor: CommandDef<typeof args> = {
  meta: { name: 'doctor', description: 'Is it set up well? Each finding with its remedy.' },
  args,
  async run({ args }) {
    const { runDoctor } = await import('../doctor.ts')
    await runDoctor(args)
  },
}

export const examples: readonly string[] = ['remember doctor', 'remember doctor --json']
