import { spawn } from 'node:child_process'

export async function runNode(script, options = {}) {
  const { cwd, env, args = [], nodeArgs = [], node = process.execPath } = options
  const started = performance.now()
  const child = spawn(node, [...nodeArgs, script, ...args], {
    cwd,
    env: { ...shellEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (output[name] += text))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({ code, signal, wallMs: performance.now() - started, ...output })
    })
  })
}

export async function runNodeOrThrow(script, options) {
  const result = await runNode(script, options)
  if (result.code === 0) return result
  const end = result.signal ?? `code ${result.code}`
  throw new Error(`${script} ended with ${end}:\n${result.stdout}${result.stderr}`)
}

/** `NODE_ENV=test`, which vitest sets, would make Vite build for development. */
function shellEnv() {
  const ours = /^(?:REMEMBER|PLAYGROUND_|BENCH_|VITE)/
  const vitests = new Set(['NODE_ENV', 'TEST', 'MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL'])
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name) && !vitests.has(name)),
  )
}
