import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { randomFrom } from '../../../scripts/generate/random.mjs'
import { openCache, verifyStore } from '../../../src/engine/index.ts'
import { createLedger } from '../ledger.ts'
import { program } from '../program.ts'
import type { Line, Role } from '../soakLines.ts'

// Eight processes on one store for some time: writers, readers, those who prune, clear and verify
// beside them. Every now and then one is killed and another one takes its place.
const soaker = fileURLToPath(new URL('soaker.mjs', import.meta.url))
const places: readonly Role[] = [
  'write',
  'write',
  'write',
  'write',
  'read',
  'prune',
  'clear',
  'verify',
]

await program(async ({ seed, seconds }, home) => {
  const dir = join(home, 'store')
  mkdirSync(dir)
  const random = randomFrom('soak', seed)
  const ledger = createLedger()
  const killed = new Set<string>()
  const failures: Error[] = []
  let started = 0

  const start = (role: Role): Process => {
    const name = `${role}${started++}`
    return run(dir, role, name, seed, (line) => {
      try {
        ledger.note(name, line)
      } catch (error) {
        failures.push(error as Error)
      }
    })
  }

  const processes = places.map(start)
  const end = Date.now() + seconds * 1000
  while (Date.now() < end && failures.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, random.integer(100, 1500)))
    const place = random.integer(0, places.length - 1)
    const one = processes[place]!
    one.child.kill('SIGKILL')
    killed.add(one.name)
    await one.ended
    processes[place] = start(places[place]!)
  }
  for (const { child } of processes) child.stdin?.end()
  const codes = await Promise.all(processes.map(({ ended }) => ended))
  if (failures.length > 0) throw failures[0]!
  assert.deepEqual(
    codes,
    places.map(() => 0),
    'a process failed',
  )

  const cache = await openCache({ dir, mode: 'readonly' })
  await ledger.settle(killed, async (key) => {
    const [namespace = '', number, trace] = key.split('/')
    const check = { sets: new Map(), holds: (input: { value: string }) => input.value === trace }
    const request = { namespace, parts: { i: Number(number) } }
    const { status, value } = await cache.remember<string | undefined>(request, () => undefined, {
      check,
    })
    return status === 'hit' ? value : undefined
  })
  assert.deepEqual(cache.faults, [])
  await cache.close()
  assert.deepEqual((await verifyStore(dir)).damaged, [])
  return { seconds, processes: started, killed: killed.size, ...ledger.counts }
})

interface Process {
  readonly name: string
  readonly child: ChildProcess
  /** Resolves with the exit code when all it printed was read. */
  readonly ended: Promise<number | null>
}

function run(
  dir: string,
  role: Role,
  name: string,
  seed: number,
  onLine: (line: Line) => void,
): Process {
  const child = spawn(process.execPath, [soaker, dir, role, name, String(seed)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin?.on('error', () => {})
  const reader = createInterface({ input: child.stdout! })
  reader.on('line', (line) => {
    // of a line that was being written when the process was killed there may be a part
    if (line.endsWith('}')) onLine(JSON.parse(line) as Line)
  })
  const closed = new Promise((resolve) => reader.once('close', resolve))
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => void closed.then(() => resolve(code)))
  })
  return { name, child, ended }
}
