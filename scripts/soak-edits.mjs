// Edits copies of the playground apps at random, and after each step compares a build
// that uses all that was stored so far with a plain one, byte for byte, and what they say.
//
//   npm run soak:edits -- [case …] [--steps 200] [--seed n]
//
// Cases are in soak/cases.mjs; by default all. The seed is printed; the same seed makes
// the same edits. At a difference the copy, its store and both outputs stay in
// .temp/soak/<case>, and the end is 1.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { hostHome } from './lib/hosts.mjs'
import { cases } from './soak/cases.mjs'
import { describe } from './soak/describe.mjs'
import { soak } from './soak/run.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(cases)
const unknown = names.find((name) => !Object.hasOwn(cases, name))
if (unknown) {
  console.error(`There is no case "${unknown}"; there are ${Object.keys(cases).join(', ')}`)
  process.exit(1)
}

console.log(`seed ${values.seed}, ${values.steps} steps`)
for (const name of names) {
  const home = path.join(hostHome(cases[name].host), '.temp/soak', name)
  const { totals, difference } = await soak({
    name,
    case: cases[name],
    seed: values.seed,
    steps: Number(values.steps),
    home,
    log: (text) => console.error(text),
  })
  console.log(describe({ name, seed: values.seed, totals, difference, home }))
  if (difference) process.exit(1)
  rmSync(home, { recursive: true, force: true })
}
