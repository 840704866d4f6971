import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Command {
  /** For messages. */
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly port: number
}

/** Starts a server and waits until it accepts connections. */
export async function startServer(command: Command): Promise<() => Promise<void>> {
  const { name, file, args, env, port } = command
  const child = spawn(file, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // a test run that is killed takes it along
  const stopNow = () => child.kill('SIGKILL')
  process.once('exit', stopNow)
  const output: string[] = []
  child.stdout.on('data', (text) => output.push(String(text)))
  child.stderr.on('data', (text) => output.push(String(text)))
  const failure = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`${name} ended with ${code}: ${output.join('')}`)),
    )
  })
  failure.catch(() => {})
  await Promise.race([accepts(port), failure])
  return async () => {
    process.off('exit', stopNow)
    await stop(child)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 2000)
  await ended
  clearTimeout(late)
}

async function accepts(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await isOpen(port)) return
    await wait(50)
  }
  throw new Error(`Nothing listens on port ${port}`)
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** A port of this machine that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No port')
  return address.port
}

/**
 * Where a program of the system is.
 *
 * @throws Error that says what to install: a test without its server fails, it never skips
 */
export function programPath(name: string, debianPackage: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin']
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))
  if (found) return found
  throw new Error(`${name} is missing, which this test needs: apt-get install ${debianPackage}`)
}
