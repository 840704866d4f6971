import type { CommandDef } from 'citty'

const args = {
  name: {
    type: 'positional',
    required: false,
    description: 'Name of the key, e.g. ci-2026 (default: key-<date>)',
  },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const keygen: CommandDef<typeof args> = {
  meta: { name: 'keygen', description: 'Makes a key that signs what is shared. Stores nothing.' },
  args,
  async run({ args }) {
    const { runKeygen } = await import('../keygen.ts')
    runKeygen(args)
  },
}

export const examples: readonly string[] = ['remember keygen', 'remember keygen ci-2026']
