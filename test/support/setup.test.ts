import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { runNode, runNodeOrThrow } from './runNode.ts'
import { repository, tempDir } from './temp.ts'

/** A script that writes `in` and `out` around some time inside the lock. */
function lockingScript(dir: string): string {
  const lock = pathToFileURL(path.join(repository, 'scripts/setup/lock.mjs')).href
  const script = path.join(dir, 'work.mjs')
  fs.writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs'
     import { setTimeout as delay } from 'node:timers/promises'
     import { withLock } from ${JSON.stringify(lock)}
     await withLock('lock', async () => {
       appendFileSync('log', 'in ')
       await delay(50)
       appendFileSync('log', 'out ')
       if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL')
     })`,
  )
  return script
}

test('processes that set up at once wait for each other', async () => {
  const dir = tempDir()
  const script = lockingScript(dir)
  await Promise.all(Array.from({ length: 5 }, () => runNodeOrThrow(script, { cwd: dir })))
  expect(fs.readFileSync(path.join(dir, 'log'), 'utf8')).toBe('in out '.repeat(5))
  expect(fs.readdirSync(dir).sort()).toEqual(['log', 'work.mjs'])
})

test('what a killed process left does not stop others', async () => {
  const dir = tempDir()
  const script = lockingScript(dir)
  expect(await runNode(script, { cwd: dir, args: ['die'] })).toMatchObject({ signal: 'SIGKILL' })
  expect(fs.existsSync(path.join(dir, 'lock'))).toBe(true)
  await Promise.all(Array.from({ length: 3 }, () => runNodeOrThrow(script, { cwd: dir })))
  expect(fs.readFileSync(path.join(dir, 'log'), 'utf8')).toBe('in out '.repeat(4))
})

test('when all is there, setting up does nothing and says nothing', async () => {
  const script = path.join(repository, 'scripts/setup.mjs')
  await runNodeOrThrow(script)
  expect(await runNodeOrThrow(script)).toMatchObject({ stdout: '', stderr: '' })
})
