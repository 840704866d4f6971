import fs from 'node:fs'
import path from 'node:path'
import type { CommandDef } from 'citty'
import { bytes } from '../report/index.ts'
import { makeReport } from '../report/model/index.ts'
import { writePage } from '../report/page/file.ts'
import { findStore, noBuild, wrongUsage } from './store.ts'
import { sizeOf } from './units.ts'

const args = {
  out: {
    type: 'string',
    default: 'remember-report.html',
    description: 'File to write, e.g. artefacts/remember.html',
  },
  code: {
    type: 'boolean',
    default: true,
    description: 'The code of modules before and after each call',
    negativeDescription: 'Leave out the code of all modules',
  },
  limit: {
    type: 'string',
    default: '8MB',
    description: 'Room for the details of modules in the file, e.g. 500KB or 20MB',
  },
  dir: { type: 'string', description: 'Folder of the store (default: the one of this workspace)' },
  json: {
    type: 'boolean',
    description: 'Print the report as JSON (docs/report.md), write no file',
  },
} as const

export const report: CommandDef<typeof args> = {
  meta: {
    name: 'report',
    description:
      'Writes a page with all that is known of the last build, as one file, e.g. `remember report --out artefacts/remember.html --no-code`.',
  },
  args,
  async run({ args }) {
    const limit = sizeOf(args.limit)
    if (limit === undefined) return wrongUsage('--limit', '8MB', args.limit)
    const dir = findStore(args.dir)
    const found = await makeReport({ dir })
    if (!found.run) return noBuild(dir)
    if (args.json) {
      console.log(JSON.stringify(found, undefined, 2))
      return
    }
    const { html, notice } = await writePage({
      dir,
      report: found,
      root: process.cwd(),
      code: args.code,
      limit,
      progress: tell,
    })
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
    const file = path.resolve(args.out)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, html)
    console.log(`${path.relative(process.cwd(), file) || file} (${bytes(Buffer.byteLength(html))})`)
    if (notice) console.log(notice)
  },
}

/** For long work, and somebody who watches. */
function tell(done: number, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rReading modules: ${done} of ${all}`)
}
