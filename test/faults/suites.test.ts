import { beforeAll, expect, test } from 'vitest'
import { bundleFaults, type FaultSuite, runFaults } from '../../scripts/soak/faults.mjs'
import { tempDir } from '../support/temp.ts'

// The bounded forms of `npm run soak`, with other faults in every run; the message of a failure
// says how to run it again. docs/faults.md
const seed = Math.floor(Math.random() * 1e9)

let dir: string
beforeAll(async () => {
  dir = tempDir('vite-8')
  await bundleFaults(dir)
})

/** Less than this was not tried: a suite that tries nothing fails nothing. */
const least: Readonly<Record<FaultSuite, Readonly<Record<string, number>>>> = {
  errors: { faults: 350 },
  crashes: { deaths: 80 },
  builds: { coldBuilds: 25, someBuilds: 25 },
  flips: { flips: 2500, cuts: 2500, written: 25 },
  fuzz: { inputs: 20_000, taken: 1000 },
  soak: { stored: 20, given: 20, killed: 5 },
}

test.each(Object.entries(least) as [FaultSuite, Readonly<Record<string, number>>][])(
  '%s: nothing wrong',
  { timeout: 900_000 },
  async (suite, floor) => {
    const counts = await runFaults(suite, dir, { full: false, seed, seconds: 25 })
    for (const [name, count] of Object.entries(floor)) {
      expect(counts[name], name).toBeGreaterThanOrEqual(count)
    }
  },
)
