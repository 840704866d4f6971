import { readFileSync } from 'node:fs'
import path from 'node:path'

const readme = path.resolve(import.meta.dirname, '../../README.md')

/** The config that the README shows for a host, as a newcomer copies it: `vite`, `rollup` or `rolldown`. */
export function readmeConfig(host) {
  const name = `${host}.config.js`
  const blocks = readFileSync(readme, 'utf8').matchAll(/^```js\n([^]*?)^```/gm)
  const found = [...blocks].find(([, code]) => code.startsWith(`// ${name}\n`))
  if (!found) throw new Error(`README.md shows no ${name}`)
  return found[1]
}
