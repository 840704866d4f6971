import type { CommandDef } from 'citty'

const args = {
  about: {
    type: 'positional',
    required: true,
    description: 'The first letters of a key (see `ls`), or part of a file name',
  },
  limit: { type: 'string', default: '3', description: 'How many keys at most' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const show: CommandDef<typeof args> = {
  meta: {
    name: 'show',
    description: 'All that is stored of a hook call: its inputs, what it did, when and by whom.',
  },
  args,
  async run({ args }) {
    const { runShow } = await import('../show.ts')
    await runShow(args)
  },
}

export const examples: readonly string[] = [
  'remember show 4a0c11d2',
  'remember show src/App.vue --json',
]
