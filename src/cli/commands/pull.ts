import type { CommandDef } from 'citty'

const args = {
  remote: { type: 'string', description: 'Where from, as REMEMBER_REMOTE (default: that)' },
  scope: { type: 'string', description: 'Scope to read first (default: as a build decides)' },
  again: { type: 'boolean', description: 'Take also what came before, e.g. after a clear' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const pull: CommandDef<typeof args> = {
  meta: { name: 'pull', description: 'Brings what a remote has and this store has not.' },
  args,
  async run({ args }) {
    const { runPull } = await import('../pull.ts')
    await runPull(args)
  },
}

export const examples: readonly string[] = [
  'remember pull',
  'remember pull --remote https://cache.example.com/app',
  'remember pull --scope feature-x --json',
]
