// Benchmarks of whole processes, in pairs: each round measures all that is compared,
// one after the other. Ratios are medians of the ratios within the rounds: what slows a
// whole round cancels out. Outputs of builds are compared with those of plain builds,
// byte by byte. Leave the machine alone meanwhile.
//
//   npm run bench -- [case …] [--runs 7] [--size 1000,5000] [--edits]
//
// `npm run bench -- --list` tells the cases; by default vue, rollup-array and engine.
// Prints Markdown for docs/benchmarks.md; all single measurements of builds are in
// .temp/bench/<case>.json.
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { cases } from './bench/cases.mjs'

const base = path.resolve(import.meta.dirname, '../.temp/bench')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '7' },
    size: { type: 'string' },
    edits: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})
if (values.list) {
  for (const [name, { about }] of Object.entries(cases)) console.log(`${name.padEnd(16)}${about}`)
  process.exit()
}
const names = positionals.length > 0 ? positionals : ['vue', 'rollup-array', 'engine']
const unknown = names.find((name) => !Object.hasOwn(cases, name))
if (unknown) {
  console.error(`There is no case "${unknown}"; there are ${Object.keys(cases).join(', ')}`)
  process.exit(1)
}

const memory = Math.round(os.totalmem() / 1024 ** 3)
const processor = `${os.cpus()[0].model.trim()}, ${os.availableParallelism()} cores`
console.log(`Node ${process.version} on ${os.platform()}; ${processor}, ${memory} GiB\n`)

for (const name of names) {
  const text = await cases[name].measure({
    name,
    runs: Number(values.runs),
    sizes: values.size?.split(',').map(Number),
    edits: values.edits,
    home: path.join(base, name),
    log: (text) => console.error(`${name}: ${text} …`),
  })
  console.log(`### ${name}\n\n${text}\n`)
}
