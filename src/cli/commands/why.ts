import type { CommandDef } from 'citty'

const args = {
  about: {
    type: 'positional',
    required: false,
    description: 'Part of a file name, a plugin or a cause (default: all)',
  },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: {
    type: 'boolean',
    description: 'Print JSON: [{ plugin, hook, id, reason, part, from, to, count }]',
  },
} as const

export const why: CommandDef<typeof args> = {
  meta: {
    name: 'why',
    description: 'Why the last build did not reuse a call: what changed, one line for each cause.',
  },
  args,
  async run({ args }) {
    const { runWhy } = await import('../why.ts')
    await runWhy(args)
  },
}

export const examples: readonly string[] = [
  'remember why',
  'remember why src/App.vue',
  'remember why vite:vue',
  'remember why --json',
]
