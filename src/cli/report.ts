import fs from 'node:fs'
import path from 'node:path'
import { bytes } from '../report/index.ts'
import { makeReport } from '../report/model/index.ts'
import { writePage } from '../report/page/file.ts'
import { openProgress } from './progress.ts'
import { findStore, noBuild, wrongUsage } from './store.ts'
import { sizeOf } from './units.ts'

export interface ReportArgs {
  readonly out: string
  readonly code: boolean
  readonly limit: string
  readonly dir?: string | undefined
  readonly json?: boolean | undefined
}

export async function runReport(args: ReportArgs): Promise<void> {
  const limit = sizeOf(args.limit)
  if (limit === undefined) return wrongUsage('--limit', '8MB', args.limit)
  const dir = findStore(args.dir)
  const found = await makeReport({ dir })
  if (!found.run) return noBuild(dir)
  if (args.json) {
    console.log(JSON.stringify(found, undefined, 2))
    return
  }
  const progress = openProgress('report')
  const { html, notice } = await writePage({
    dir,
    report: found,
    root: process.cwd(),
    code: args.code,
    limit,
    progress: progress.report,
  })
  progress.end()
  const file = path.resolve(args.out)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, html)
  console.log(`${path.relative(process.cwd(), file) || file} (${bytes(Buffer.byteLength(html))})`)
  if (notice) console.log(notice)
}
