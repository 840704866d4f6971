import type { CommandDef } from 'citty'

const args = {
  about: {
    type: 'positional',
    required: false,
    description: 'Part of a file name (default: all)',
  },
  plugin: { type: 'string', description: 'Only calls of this plugin' },
  tag: { type: 'string', description: 'Only entries with this tag' },
  limit: { type: 'string', default: '50', description: 'How many at most' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const ls: CommandDef<typeof args> = {
  meta: { name: 'ls', description: 'What is stored, the most recently used first.' },
  args,
  async run({ args }) {
    const { runLs } = await import('../ls.ts')
    await runLs(args)
  },
}

export const examples: readonly string[] = [
  'remember ls',
  'remember ls src/App.vue',
  'remember ls --plugin vite:vue --limit 10',
  'remember ls --tag docs --json',
]
