import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** Runs a command in a folder, with the commands of its packages on the path, and waits for its end. */
export async function run([command, ...args], cwd, env) {
  const began = performance.now()
  const bins = [cwd, path.dirname(cwd)].map((dir) => path.join(dir, 'node_modules/.bin'))
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH: [...bins, process.env.PATH].join(path.delimiter), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  }
  const [code, signal] = await once(child, 'close')
  return { code: signal ?? code, wallMs: performance.now() - began, text }
}
