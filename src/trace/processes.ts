import path from 'node:path'

/** What a process was started with: its program, and whether that is part of an installed package. */
export interface Started {
  /** E.g. `git`. */
  readonly program: string
  readonly isInstalled: boolean
}

/** A function that starts processes, and how to tell which from its arguments. */
export interface StartingCall {
  readonly owner: object
  readonly name: string
  readonly started: (args: readonly unknown[]) => Started
}

/**
 * By these a hook starts a process: all that do not wait for it have Node's own class do it,
 * also for who took `spawn` into a variable long before.
 */
export function startingCalls(): readonly StartingCall[] {
  // not imported: Rollup alone does not load it
  const childProcess = process.getBuiltinModule('node:child_process')
  const byFile = ([file]: readonly unknown[]): Started => startedBy(String(file))
  const byCommand = ([command]: readonly unknown[]): Started => startedBy(firstWord(command))
  return [
    { owner: childProcess.ChildProcess.prototype, name: 'spawn', started: ofOptions },
    { owner: childProcess, name: 'spawnSync', started: byFile },
    { owner: childProcess, name: 'execFileSync', started: byFile },
    { owner: childProcess, name: 'execSync', started: byCommand },
  ]
}

/** `ChildProcess.prototype.spawn` gets what `spawn` made of its arguments: a shell stands before its command. */
function ofOptions([options]: readonly unknown[]): Started {
  const { file, args } = options as { readonly file: string; readonly args?: readonly string[] }
  const [, flag, command] = args ?? []
  return startedBy(flag === '-c' ? firstWord(command) : file)
}

function startedBy(file: string): Started {
  const isInstalled = path.isAbsolute(file) && file.split(path.sep).includes('node_modules')
  return { program: path.basename(file), isInstalled }
}

function firstWord(command: unknown): string {
  return String(command).trim().split(/\s/, 1)[0]!
}
