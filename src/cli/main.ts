#!/usr/bin/env node
import { runCommand, type ArgsDef, type CommandDef } from 'citty'
import { checkArguments } from './checkArguments.ts'
import { exitCodes } from './exitCodes.ts'
import { commandHelp, mainHelp } from './help.ts'
import { nearest } from './nearest.ts'

/** Put in by scripts/build.mjs. */
declare const __VERSION__: string

interface Loaded {
  readonly command: CommandDef<ArgsDef>
  readonly examples: readonly string[]
}

// loaded when asked for, and what does their work later still, so that --help answers at once
const commands: Readonly<Record<string, () => Promise<Loaded>>> = {
  stats: () => import('./commands/stats.ts').then((it) => loaded(it.stats, it.examples)),
  why: () => import('./commands/why.ts').then((it) => loaded(it.why, it.examples)),
  diff: () => import('./commands/diff.ts').then((it) => loaded(it.diff, it.examples)),
  ls: () => import('./commands/ls.ts').then((it) => loaded(it.ls, it.examples)),
  show: () => import('./commands/show.ts').then((it) => loaded(it.show, it.examples)),
  verify: () => import('./commands/verify.ts').then((it) => loaded(it.verify, it.examples)),
  prune: () => import('./commands/prune.ts').then((it) => loaded(it.prune, it.examples)),
  clear: () => import('./commands/clear.ts').then((it) => loaded(it.clear, it.examples)),
  pull: () => import('./commands/pull.ts').then((it) => loaded(it.pull, it.examples)),
  push: () => import('./commands/push.ts').then((it) => loaded(it.push, it.examples)),
  keygen: () => import('./commands/keygen.ts').then((it) => loaded(it.keygen, it.examples)),
  doctor: () => import('./commands/doctor.ts').then((it) => loaded(it.doctor, it.examples)),
  report: () => import('./commands/report.ts').then((it) => loaded(it.report, it.examples)),
  audit: () => import('./commands/audit.ts').then((it) => loaded(it.audit, it.examples)),
}

function loaded<T extends ArgsDef>(command: CommandDef<T>, examples: readonly string[]): Loaded {
  // each command knows the types of its own arguments
  return { command: command as unknown as CommandDef<ArgsDef>, examples }
}

async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === '--version' || name === '-v') {
    console.log(__VERSION__)
    return
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const all = Object.entries(commands)
    const entries = await Promise.all(
      all.map(async ([each, load]) => [each, (await load()).command] as const),
    )
    console.log(await mainHelp(entries))
    // nothing was asked for
    if (name === undefined) process.exitCode = exitCodes.usage
    return
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) return wrong(unknown('command', name, Object.keys(commands)), '')
  const { command, examples } = await load()
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  if (own.includes('--help') || own.includes('-h')) {
    console.log(await commandHelp(command, examples))
    return
  }
  const fault = checkArguments(own, (command.args ?? {}) as ArgsDef)
  if (fault !== undefined) return wrong(fault, `${name} `)
  await runCommand(command, { rawArgs: rest })
}

function wrong(fault: string, command: string): void {
  console.error(`${fault}\nSee \`remember ${command}--help\`.`)
  process.exitCode = exitCodes.usage
}

function unknown(kind: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names)
  return `There is no ${kind} \`${name}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error)
  process.exitCode = exitCodes.fault
})
