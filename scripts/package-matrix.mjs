// Tries the packed package as people get it: packed once, installed in an empty folder beside each
// host by each package manager, with the README's config in every form, on each Node, and
// type-checked. Every cell builds three times: without us, cold and warm; the outputs must be equal,
// the third build must reuse all, and the `remember` command must say so.
//
//   npm run package:matrix [-- --hosts vite-8,rollup-4 --managers npm,pnpm --nodes 20,24]
//
// Prints Markdown for docs/compatibility.md; exits with 1 when a cell fails. Needs the npm registry.
// Without arguments about 400 builds, half an hour on two free cores.
import { parseArgs } from 'node:util'
import { matrix, planOf } from './matrix/matrix.mjs'

const list = { type: 'string' }
const { values } = parseArgs({ options: { hosts: list, managers: list, nodes: list, forms: list } })
const failed = await matrix(planOf(values), {
  say: (line) => console.log(line),
  log: (line) => console.error(line),
})
process.exitCode = failed > 0 ? 1 : 0
