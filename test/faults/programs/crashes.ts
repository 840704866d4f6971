import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultCases } from '../acts.ts'
import { checkStore } from '../check.ts'
import { injectFaults, type Act } from '../injection.ts'
import { program, runCases } from '../program.ts'
import { runScript, type Told, writePrelude } from '../script.ts'

// Everything that a store is used for, in processes that die at one operation that writes, each
// at the next: before it, and in the middle of each file.
const victim = fileURLToPath(new URL('victim.mjs', import.meta.url))
const injection = injectFaults()

await program(async (settings, home) => {
  const whole = join(home, 'whole')
  mkdirSync(whole)
  await writePrelude(whole)

  const copy = (name: string): string => {
    const dir = join(home, name)
    cpSync(whole, dir, { recursive: true, preserveTimestamps: true })
    return dir
  }

  const sound = copy('sound')
  injection.start(sound)
  await runScript(sound, () => {})
  injection.stop()
  const { operations } = injection

  // reading changes nothing: to die there is to die at the next write
  const cases = faultCases(operations, settings, ({ writes }) =>
    writes ? [{ kind: 'kill' }, { kind: 'exit' }] : [],
  )
  await runCases(cases, async ({ at, act }, i) => {
    const dir = copy(`case-${i}`)
    await checkStore(dir, await die(dir, at, act), act, 'died')
    rmSync(dir, { recursive: true })
  })
  return { operations: operations.length, deaths: cases.length }
})

/** Runs the victim; gives what it told before it died. */
async function die(dir: string, at: number, act: Act): Promise<Told[]> {
  const { how, text } = await new Promise<{ how: unknown; text: string }>((resolve) => {
    execFile(process.execPath, [victim, dir, String(at), act.kind], (error, stdout) =>
      resolve({ how: error?.signal ?? error?.code, text: stdout }),
    )
  })
  assert.equal(how, act.kind === 'kill' ? 'SIGKILL' : 9, 'how it died')
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Told)
}
