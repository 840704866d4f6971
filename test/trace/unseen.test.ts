import childProcess, { execFile, execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createObservation, observe, watchUnseen } from '../../src/trace/index.ts'

// taken before anyone watches
const run = promisify(execFile)

watchUnseen()

const node = process.execPath
const print = ['-e', '1']

test.each<[string, () => unknown, readonly string[]]>([
  ['nothing', () => readFile(import.meta.filename), []],
  ['a process', () => run(node, print), ['a child process']],
  ['a process that is waited for', () => execFileSync(node, print), ['a child process']],
  ['the same by its module', () => childProcess.spawnSync(node, print), ['a child process']],
  [
    'a worker',
    () => new Promise((resolve) => new Worker('1', { eval: true }).on('exit', resolve)),
    ['a worker thread'],
  ],
  [
    'a connection',
    () => new Promise((resolve) => connect(1, '127.0.0.1').on('error', resolve)),
    ['the network'],
  ],
])('%s', async (_name, work, unseen) => {
  const observation = createObservation({ look: () => undefined, env: () => undefined })
  await observe(observation, async () => {
    // a while later, as hooks do
    await readFile(import.meta.filename)
    await work()
  })
  expect([...observation.unseen]).toEqual(unseen)
})

test('what runs beside a hook is not its own', async () => {
  const observation = createObservation({ look: () => undefined, env: () => undefined })
  const beside = run(node, print)
  await observe(observation, async () => void (await beside))
  expect([...observation.unseen]).toEqual([])
})
