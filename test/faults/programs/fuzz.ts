import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomFrom } from '../../../scripts/generate/random.mjs'
import { decodersOf } from '../fuzz/decoders.ts'
import { samplesOf } from '../fuzz/samples.ts'
import { program, runCases } from '../program.ts'
import { writeSmallStore } from '../smallStore.ts'

// Every decoder with bytes that were whole once, or never. Run with a small heap: what is
// allocated from a length that nothing backs ends the process.

const all = 1_000_000
const some = 20_000

await program(async ({ full, seed, only }, home) => {
  const dir = join(home, 'store')
  mkdirSync(dir)
  await writeSmallStore(dir)
  const decoders = decodersOf(await samplesOf(dir), home)
  const counts: Record<string, number> = { inputs: 0, taken: 0 }

  for (const { name, share, feed } of decoders) {
    const inputs = (share / 100) * (full ? all : some)
    const cases = Array.from({ length: inputs }, (_, i) => ({ name: `${name}:${i}`, i }))
    const chosen = only === undefined ? cases : cases.filter((one) => one.name === only)
    counts[name] = 0
    await runCases(chosen, async ({ i }) => {
      const taken = feed(randomFrom('fuzz', name, seed, i))
      counts['inputs']!++
      if (!taken) return
      counts['taken']!++
      counts[name]!++
    })
  }
  return counts
})
