import fs from 'node:fs'
import path from 'node:path'

/** Text of the module that counts, inside a project, which hooks of its plugins run. */
export const counter: string = fs.readFileSync(
  path.join(import.meta.dirname, '../behaviour/count.mjs'),
  'utf8',
)
