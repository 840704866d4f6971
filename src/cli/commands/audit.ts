import type { CommandDef } from 'citty'

const args = {
  json: { type: 'boolean', description: 'Print JSON (documented in docs/audit.md)' },
} as const

export const audit: CommandDef<typeof args> = {
  meta: {
    name: 'audit',
    description:
      'Builds several times and says which plugins may be remembered, e.g. `remember audit -- vite build`.',
  },
  args,
  async run({ args, rawArgs }) {
    const { runAuditCommand } = await import('../audit.ts')
    await runAuditCommand(args, rawArgs)
  },
}

export const examples: readonly string[] = [
  'remember audit -- vite build',
  'remember audit --json -- rollup -c',
]
