import { stripVTControlCharacters } from 'node:util'
import { renderUsage, type ArgsDef, type CommandDef } from 'citty'

type Command = CommandDef<ArgsDef>

/** What `remember --help` prints. */
export async function mainHelp(commands: readonly (readonly [string, Command])[]): Promise<string> {
  const width = Math.max(...commands.map(([name]) => name.length))
  const lines = commands.map(
    ([name, { meta }]) =>
      `  ${name.padEnd(width)}  ${(meta as { description: string }).description}`,
  )
  return [
    'Looks into the build cache of vite-plugin-remember.',
    '',
    'Usage: remember <command> [options]',
    '',
    ...lines,
    '',
    'Each takes --help, which shows examples. The store is the one of this workspace, --dir or REMEMBER_DIR.',
    'Exit codes: 0 all is well; 1 nothing to speak of, or something is wrong with it; 2 wrong usage; 3 a fault of the command.',
  ].join('\n')
}

/** What `remember <command> --help` prints. */
export async function commandHelp(command: Command, examples: readonly string[]): Promise<string> {
  // citty colours pipes too
  const usage = stripVTControlCharacters(await renderUsage(command, { meta: { name: 'remember' } }))
  return [usage.trimEnd(), '', 'EXAMPLES', '', ...examples.map((each) => `  npx ${each}`)].join(
    '\n',
  )
}
