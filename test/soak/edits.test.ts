import path from 'node:path'
import { expect, test } from 'vitest'
import { cases } from '../../scripts/soak/cases.mjs'
import { describe } from '../../scripts/soak/describe.mjs'
import { soak } from '../../scripts/soak/run.mjs'
import { some } from '../support/some.ts'
import { tempDir } from '../support/temp.ts'

// The bounded form of `npm run soak:edits`: other edits in every run, which the seed in
// the message brings back.
const seed = String(Math.floor(Math.random() * 1e9))
const steps = 3

const all = Object.entries(cases)
const onVite7 = all.filter(([, { host }]) => host === 'vite-7')
const others = all.filter((one) => !onVite7.includes(one))

test.each([...some(5, others), ...some(1, onVite7)])(
  '%s: warm is plain after random edits',
  { timeout: 600_000 },
  async (name, chosen) => {
    const home = path.join(tempDir(chosen.host), 'soak')
    const result = await soak({ name, case: chosen, seed, steps, home, log: () => undefined })
    expect(result.difference, describe({ name, seed, ...result })).toBeUndefined()
  },
)
