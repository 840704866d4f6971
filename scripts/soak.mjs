// Tries everything that can go wrong with a store: docs/faults.md says what that is.
//
//   npm run soak -- [suite …] [--seconds 600] [--seed n] [--bounded] [--only case]
//
// Suites are errors, crashes, builds, flips, fuzz and soak; by default all, one after the
// other. The same seed tries the same. `--bounded` is what `npm test` runs. A failure names
// its case, which `--only` tries again, and the end is 1.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleFaults, faultSuites, runFaults } from './soak/faults.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    bounded: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const suites = positionals.length > 0 ? positionals : faultSuites
const unknown = suites.find((name) => !faultSuites.includes(name))
if (unknown) {
  console.error(`There is no suite "${unknown}"; there are ${faultSuites.join(', ')}`)
  process.exit(1)
}

const dir = path.resolve(import.meta.dirname, '../.temp/faults')
await bundleFaults(dir)
console.log(`seed ${values.seed}${values.bounded ? ', bounded' : ''}`)
for (const suite of suites) {
  try {
    const began = performance.now()
    const counts = await runFaults(suite, dir, {
      full: !values.bounded,
      seed: Number(values.seed),
      only: values.only,
      seconds: Number(values.seconds),
      log: (text) => process.stderr.write(text),
    })
    const list = Object.entries(counts).map(
      ([name, count]) => `${name} ${count.toLocaleString('en')}`,
    )
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    console.log(`${suite}: ${list.join(' · ')} · nothing wrong (${minutes} min)`)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
