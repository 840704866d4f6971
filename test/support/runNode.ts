import { spawn } from 'node:child_process'
import { repository } from './temp.ts'

export interface RunOptions {
  /** @default the repository */
  readonly cwd?: string | undefined
  /** Joined to the environment of a shell: what vitest and the user set for this project is left out. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Arguments of the script. */
  readonly args?: readonly string[] | undefined
  /** Arguments of Node, e.g. `['--import', 'file:///…']`. */
  readonly nodeArgs?: readonly string[] | undefined
}

export interface RunResult {
  /** Null when a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a script in a process of its own and waits for its end, whatever it is. */
export function runNode(script: string, options: RunOptions = {}): Promise<RunResult> {
  const { cwd = repository, env, args = [], nodeArgs = [] } = options
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], {
    cwd,
    env: { ...cleanEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...output }))
  })
}

/** `NODE_ENV=test`, which vitest sets, would make Vite build for development. */
function cleanEnv(): NodeJS.ProcessEnv {
  const ours = /^(?:REMEMBER|PLAYGROUND_|VITEST|VITE_)/
  const vitests = new Set(['NODE_ENV', 'TEST', 'MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL'])
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name) && !vitests.has(name)),
  )
}
