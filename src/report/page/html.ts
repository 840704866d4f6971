import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The inspector's page without data, as `scripts/build.mjs` put it into dist. */
export function readPage(): string {
  return fs.readFileSync(path.join(packageRoot(), 'dist/inspector.html'), 'utf8')
}

/** The same from `dist/cli.js`, from `dist/chunks` and from the sources. */
function packageRoot(): string {
  let dir = path.dirname(fileURLToPath(import.meta.url))
  while (!fs.existsSync(path.join(dir, 'package.json'))) dir = path.dirname(dir)
  return dir
}
