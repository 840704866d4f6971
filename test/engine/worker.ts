import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { bundle } from '../support/bundle.ts'

/** A real process that runs one of the files in workers/. */
export interface Worker {
  readonly child: ChildProcess
  /** Resolves when it says that it is ready. */
  readonly ready: Promise<void>
  /** The lines it printed after that; resolves when it has ended. */
  readonly lines: Promise<string[]>
  /** What it printed last, as JSON. */
  result<T>(): Promise<T>
}

const bundles = new Map<string, Promise<string>>()

/** Starts `workers/<name>.ts`, bundled once. */
export async function startWorker(name: string, ...args: readonly string[]): Promise<Worker> {
  const known = bundles.get(name) ?? bundle(`test/engine/workers/${name}.ts`)
  bundles.set(name, known)
  const child = spawn(process.execPath, [await known, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // A worker that was killed does not read any more.
  child.stdin?.on('error', () => {})
  const printed: string[] = []
  let isReady: () => void = () => {}
  const ready = new Promise<void>((resolve) => (isReady = resolve))
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  reader.on('line', (line) => (line === 'ready' ? isReady() : printed.push(line)))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const closed = new Promise((resolve) => reader.once('close', resolve))
  const lines = Promise.all([ended, closed]).then(() => {
    isReady()
    return printed
  })
  return {
    child,
    ready,
    lines,
    async result<T>() {
      return JSON.parse((await lines).at(-1) ?? 'null') as T
    },
  }
}
