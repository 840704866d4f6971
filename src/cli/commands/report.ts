import type { CommandDef } from 'citty'

const args = {
  out: {
    type: 'string',
    default: 'remember-report.html',
    description: 'File to write, e.g. artefacts/remember.html',
  },
  code: {
    type: 'boolean',
    default: true,
    description: 'The code of modules before and after each call',
    negativeDescription: 'Leave out the code of all modules',
  },
  limit: {
    type: 'string',
    default: '8MB',
    description: 'Room for the details of modules in the file, e.g. 500KB or 20MB',
  },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: {
    type: 'boolean',
    description: 'Print the report as JSON (docs/report.md), write no file',
  },
} as const

export const report: CommandDef<typeof args> = {
  meta: {
    name: 'report',
    description: 'Writes a page with all that is known of the last build, as one file.',
  },
  args,
  async run({ args }) {
    const { runReport } = await import('../report.ts')
    await runReport(args)
  },
}

export const examples: readonly string[] = [
  'remember report',
  'remember report --out artefacts/remember.html --no-code',
  'remember report --json | jq .run.modules',
]
