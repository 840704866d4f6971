// Benchmarks of whole processes, in pairs: each round builds plain (without the
// plugin), cold (empty store), warm (what cold stored) and, for Vite, oracle (the
// remembered hook calls answered from a ready map in memory: the floor; the time to
// load that map is taken off). Ratios are medians of the ratios within the rounds.
// Every output is compared with the plain one. Leave the machine alone meanwhile.
//
//   npm run bench -- [case …] [--runs 7] [--size n]
//
// Cases: vue, rollup-array, css, svelte, mdx, react-compiler, engine, startup; by default
// vue, rollup-array and engine. Prints Markdown for docs/benchmarks.md; all single
// measurements are in .temp/bench/<case>.json.
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureBuilds } from './bench/builds.mjs'
import { cases } from './bench/cases.mjs'
import { measureEngine } from './bench/engineCase.mjs'
import { measureStartup } from './bench/startup.mjs'
import { describeBuilds } from './bench/tables.mjs'

const base = path.resolve(import.meta.dirname, '../.temp/bench')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' }, size: { type: 'string' } },
})
const names = positionals.length > 0 ? positionals : ['vue', 'rollup-array', 'engine']
const parts = { engine: measureEngine, startup: measureStartup }
const known = [...Object.keys(cases), ...Object.keys(parts)]
const unknown = names.find((name) => !known.includes(name))
if (unknown) {
  console.error(`There is no case "${unknown}"; there are ${known.join(', ')}`)
  process.exit(1)
}

const memory = Math.round(os.totalmem() / 1024 ** 3)
const processor = `${os.cpus()[0].model.trim()}, ${os.availableParallelism()} cores`
console.log(`Node ${process.version} on ${os.platform()}; ${processor}, ${memory} GiB\n`)

for (const name of names) {
  const log = (text) => console.error(`${name}: ${text} …`)
  const settings = { runs: Number(values.runs), home: path.join(base, name), log }
  if (Object.hasOwn(parts, name)) {
    console.log(`### ${name}\n\n${await parts[name](settings)}\n`)
    continue
  }
  const chosen = { ...cases[name], ...(values.size && { size: Number(values.size) }) }
  const rounds = await measureBuilds(chosen, settings)
  mkdirSync(base, { recursive: true })
  writeFileSync(path.join(base, `${name}.json`), JSON.stringify(rounds, undefined, 2))
  console.log(`### ${name}, ${chosen.size} components, ${settings.runs} rounds\n`)
  console.log(`${describeBuilds(rounds)}\n`)
}
