import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { bundle } from '../lib/bundle.mjs'

const programs = path.resolve(import.meta.dirname, '../../test/faults/programs')

export const faultSuites = ['errors', 'crashes', 'builds', 'flips', 'fuzz', 'soak']

// what is allocated for a length that nothing backs ends the process
const nodeArgs = { fuzz: ['--max-old-space-size=128'] }

export async function bundleFaults(dir) {
  await bundle(
    readdirSync(programs).map((name) => path.join(programs, name)),
    dir,
  )
}

export async function runFaults(suite, dir, { full, seed, only, seconds, log }) {
  const args = ['--seed', String(seed), '--seconds', String(seconds)]
  if (full) args.push('--full')
  if (only !== undefined) args.push('--only', only)
  const script = path.join(dir, `${suite}.mjs`)
  const child = spawn(process.execPath, [...(nodeArgs[suite] ?? []), script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (printed.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => {
    printed.stderr += text
    log?.(text)
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code === 0) return JSON.parse(printed.stdout.trim().split('\n').at(-1))
  const again = `npm run soak -- ${suite} --seed ${seed}${full ? '' : ' --bounded'}`
  throw new Error(
    `${suite} ended with ${code}:\n${printed.stderr}\nAgain: ${again}, one case with --only <its name>`,
  )
}
