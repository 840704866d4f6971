export interface RunOptions {
  /** @default the working directory of this process */
  readonly cwd?: string | undefined
  /** Joined to the environment of the shell; what vitest and the user set for this project is left out of that. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Arguments of the script. */
  readonly args?: readonly string[] | undefined
  /** Arguments of Node, e.g. `['--import', 'file:///…']`. */
  readonly nodeArgs?: readonly string[] | undefined
  /** @default the Node of this process */
  readonly node?: string | undefined
}

export interface RunResult {
  /** Null when a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Milliseconds from the start of the process to its end. */
  readonly wallMs: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a script in a process of its own and waits for its end, whatever it is. */
export function runNode(script: string, options?: RunOptions): Promise<RunResult>

/** The same, but throws with what was printed when the script does not end with 0. */
export function runNodeOrThrow(script: string, options?: RunOptions): Promise<RunResult>
