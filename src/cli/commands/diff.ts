import type { CommandDef } from 'citty'

const args = {
  before: {
    type: 'positional',
    required: false,
    description: 'A build: `last`, `last~1`, or the first letters of its id (see `stats --since`)',
  },
  after: {
    type: 'positional',
    required: false,
    description: 'Another one (default: `last`; without both, the last two of the last root)',
  },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const diff: CommandDef<typeof args> = {
  meta: { name: 'diff', description: 'What changed between the keys of two builds.' },
  args,
  async run({ args }) {
    const { runDiff } = await import('../diff.ts')
    await runDiff(args)
  },
}

export const examples: readonly string[] = [
  'remember diff',
  'remember diff last~3',
  'remember diff 9f86d081 last --json',
]
