import type { CommandDef } from 'citty'

const args = {
  remote: { type: 'string', description: 'Where to, as REMEMBER_REMOTE (default: that)' },
  scope: { type: 'string', description: 'Scope to write to (default: as a build decides)' },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: { type: 'boolean', description: 'Print JSON (documented in docs/cli.md)' },
} as const

export const push: CommandDef<typeof args> = {
  meta: { name: 'push', description: 'Brings what a remote does not have yet to it.' },
  args,
  async run({ args }) {
    const { runPush } = await import('../push.ts')
    await runPush(args)
  },
}

export const examples: readonly string[] = [
  'remember push',
  'remember push --remote https://cache.example.com/app --scope main',
]
