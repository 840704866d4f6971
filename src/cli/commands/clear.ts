import type { CommandDef } from 'citty'

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
    const { runClear } = await import('../clear.ts')
    await runClear(args)
  },
}

export const examples: readonly string[] = [
  'remember clear',
  'remember clear src/App.vue',
  'remember clear --plugin vite:vue',
  'remember clear --tag docs',
]
