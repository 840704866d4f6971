import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { openDetails } from '../model/index.ts'
import type { ModuleDetails, ModuleReport, Report, RunReport } from '../model/index.ts'
import { bytes, count } from '../units.ts'
import type { PageData } from './data.ts'
import { readPage } from './html.ts'

export interface PageOptions {
  /** Of the store. */
  readonly dir: string
  readonly report: Report
  /** A folder in the workspace, where files are looked for. */
  readonly root: string
  /** False leaves out the code of all modules. */
  readonly code: boolean
  /** Bytes that details may take in the file. */
  readonly limit: number
  /** Told of how many modules were read. */
  readonly progress?: (done: number, all: number) => void
}

/** A page, and what was left out of it. */
export interface Page {
  readonly html: string
  /** Empty when nothing was. */
  readonly notice: string
}

/** Modules are packed together up to this many characters: they compress well, and unpack at once. */
const batchLength = 256 * 1024
/** More of one text tells no more. */
const longestCode = 256 * 1024
const mostInputs = 200

const pack = promisify(gzip)

/** A report as one file that needs nothing else. */
export async function writePage(options: PageOptions): Promise<Page> {
  const { report } = options
  const { batches, details } = report.run
    ? await packDetails(options, report.run)
    : { batches: [], details: { batchOf: [], identities: -1, hasCode: false, notice: '' } }
  const data: PageData = { report, details }
  const parts = [
    block('remember-data', await packed(data)),
    ...batches.map((batch, at) => block(`remember-batch-${at}`, batch)),
  ]
  const html = readPage()
    // a file has nobody to ask
    .replace("connect-src 'self'", "connect-src 'none'")
    .replace('<div id="app"></div>', (app) => `${app}\n${parts.join('\n')}`)
  return { html, notice: details.notice }
}

/** Base64 has no letter that HTML knows: whatever code and ids hold, it is data to a browser. */
function block(id: string, base64: string): string {
  return `    <script type="application/octet-stream" id="${id}">${base64}</script>`
}

async function packed(data: unknown): Promise<string> {
  return (await pack(JSON.stringify(data))).toString('base64')
}

async function packDetails(
  { dir, root, code, limit, progress }: PageOptions,
  run: RunReport,
): Promise<{ readonly batches: readonly string[]; readonly details: PageData['details'] }> {
  const reader = await openDetails({ dir, root, run })
  const batches: string[] = []
  const batchOf = run.modules.map(() => -1)
  let waiting: Record<string, ModuleDetails> = {}
  let length = 0
  let size = 0
  let done = 0

  async function flush(): Promise<void> {
    const batch = await packed(waiting)
    size += batch.length
    batches.push(batch)
    waiting = {}
    length = 0
  }

  try {
    const places = new Map(run.modules.map((module, at) => [module, at]))
    for (const module of tellingFirst(run.modules)) {
      if (size > limit) break
      const details = trimmed(reader.read(module), code)
      waiting[module.id] = details
      batchOf[places.get(module)!] = batches.length
      length += lengthOf(details)
      done++
      if (length > batchLength) {
        await flush()
        progress?.(done, run.modules.length)
      }
    }
    if (length > 0) await flush()
    const identities = batches.push(await packed(Object.fromEntries(reader.identities.all))) - 1
    const notice = noticeOf(run.modules.length - done, limit)
    return { batches, details: { batchOf, identities, hasCode: code, notice } }
  } finally {
    reader.close()
  }
}

/** What was computed, before what was reused: should the room not do for all. */
function tellingFirst(modules: readonly ModuleReport[]): readonly ModuleReport[] {
  const isReused = ({ calls }: ModuleReport): boolean =>
    calls.every(({ state }) => state === 'reused')
  return [...modules.filter((module) => !isReused(module)), ...modules.filter(isReused)]
}

function noticeOf(leftOut: number, limit: number): string {
  if (leftOut === 0) return ''
  const modules = leftOut === 1 ? '1 module' : `${count(leftOut)} modules`
  return `The details of ${modules} are not in this file: it has room for ${bytes(limit)} of them (--limit), or all without their code (--no-code).`
}

function trimmed({ id, calls }: ModuleDetails, code: boolean): ModuleDetails {
  return {
    id,
    calls: calls.map(({ before, after, ...call }) => ({
      ...call,
      inputs: call.inputs.slice(0, mostInputs),
      sharedInputs: call.sharedInputs.slice(0, mostInputs),
      before: code
        ? 'code' in before
          ? { ...before, code: cut(before.code) }
          : before
        : { missing: 'Left out of this file (--no-code).' },
      ...(code && after !== undefined && { after: cut(after) }),
    })),
  }
}

function cut(code: string): string {
  return code.length > longestCode
    ? `${code.slice(0, longestCode)}\n… cut: ${count(code.length)} characters`
    : code
}

function lengthOf({ calls }: ModuleDetails): number {
  let length = 0
  for (const { before, after = '', inputs, sharedInputs } of calls) {
    length += ('code' in before ? before.code.length : 0) + after.length
    length += (inputs.length + sharedInputs.length) * 100 + 500
  }
  return length
}
