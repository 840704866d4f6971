import type { CommandDef } from 'citty'

const args = {
  'max-size': {
    type: 'string',
    default: '2GiB',
    description: 'Keep at most this much, the most recently used first, e.g. 500MB',
  },
  'max-age': { type: 'string', default: '30d', description: 'Drop what was not used for so long' },
  'for-ci': {
    type: 'boolean',
    description: 'Leave exactly what the last build of each project used, before a cache is saved',
  },
  since: {
    type: 'string',
    description: 'With --for-ci: what all builds of that time used, e.g. 30m',
  },
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
    const { runPrune } = await import('../prune.ts')
    await runPrune(args)
  },
}

export const examples: readonly string[] = [
  'remember prune',
  'remember prune --max-size 500MB',
  'remember prune --max-age 7d',
  'remember prune --for-ci',
]
