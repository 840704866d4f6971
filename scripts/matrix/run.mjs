import { spawn } from 'node:child_process'
import path from 'node:path'

/** Kills what hangs: a package manager that asks something, a build that never ends. */
const limit = 10 * 60_000

/**
 * Runs a command in a folder and gives what it printed.
 *
 * @throws Error with the output when it fails.
 */
export function run(command, args, cwd, { env = {}, first = [] } = {}) {
  const places = [...first, process.env.PATH].join(path.delimiter)
  const child = spawn(command, args, {
    cwd,
    env: { ...cleanEnv(), ...env, PATH: places },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    timeout: limit,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${command} ${args.join(' ')}: ${signal ?? code}\n${output.trim()}`))
    })
  })
}

/** As in a shell of its own: not that of `npm run` or of a test runner. */
function cleanEnv() {
  const foreign = /^(?:npm_|NODE_ENV$|NODE_PATH$|NODE_OPTIONS$|REMEMBER|VITE|TEST$|INIT_CWD$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}
