import assert from 'node:assert/strict'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { faultCases } from '../acts.ts'
import { injectFaults } from '../injection.ts'
import { program, runCases } from '../program.ts'
import type { Told } from '../script.ts'

// Everything that a store is used for, with one operation on its folder that fails: each in its turn.
const injection = injectFaults()

await program(async (settings, home) => {
  const { runScript, writePrelude } = await import('../script.ts')
  const { checkStore } = await import('../check.ts')
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

  const cases = faultCases(operations, settings)
  await runCases(cases, async ({ at, act }, i) => {
    const dir = copy(`case-${i}`)
    const told: Told[] = []
    injection.start(dir, at, act)
    try {
      await runScript(dir, (one) => told.push(one))
    } finally {
      assert(injection.stop(), 'nothing went wrong')
    }
    await checkStore(dir, told, act, 'lived')
    rmSync(dir, { recursive: true })
  })
  return {
    operations: operations.length,
    writes: operations.filter(({ writes }) => writes).length,
    faults: cases.length,
  }
})
