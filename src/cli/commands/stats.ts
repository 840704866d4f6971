import type { CommandDef } from 'citty'

const args = {
  since: { type: 'string', description: 'All runs of that long, with their trend, e.g. 7d or 12h' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const stats: CommandDef<typeof args> = {
  meta: {
    name: 'stats',
    description: 'What the last build reused, what it saved, and why the rest was new.',
  },
  args,
  async run({ args }) {
    const { runStats } = await import('../stats.ts')
    await runStats(args)
  },
}

export const examples: readonly string[] = [
  'remember stats',
  'remember stats --since 7d',
  'remember stats --json | jq .savedMs',
]
