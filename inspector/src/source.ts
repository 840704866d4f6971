import type { ModuleDetails, NamedPart, Report } from '../../src/report/model/index.ts'
import type { PageData, PageDetails } from '../../src/report/page/data.ts'

/** Where a page has its data from: itself, when it was written as a file, or the dev server. */
export interface Source {
  readonly isLive: boolean
  report(): Promise<Report>
  /** What of the details is in the page; undefined when all can be asked for. */
  readonly details: () => PageDetails | undefined
  module(id: string): Promise<ModuleDetails | undefined>
  identity(name: string): Promise<readonly NamedPart[]>
  /** Changes whenever the report does. */
  stamp(): Promise<string>
}

export function openSource(): Source {
  const embedded = document.querySelector('#remember-data')?.textContent
  return embedded ? openEmbedded(embedded) : openServed()
}

function openEmbedded(embedded: string): Source {
  let data: Promise<PageData> | undefined
  let details: PageDetails | undefined
  const batches = new Map<number, Promise<Record<string, unknown>>>()
  const read = async (): Promise<PageData> => {
    const read = await (data ??= unpack<PageData>(embedded))
    details = read.details
    return read
  }
  const batch = (at: number): Promise<Record<string, unknown>> => {
    let found = batches.get(at)
    if (!found) {
      const text = document.querySelector(`#remember-batch-${at}`)?.textContent ?? ''
      batches.set(at, (found = unpack(text)))
    }
    return found
  }
  return {
    isLive: false,
    report: async () => (await read()).report,
    details: () => details,
    async module(id) {
      const { report, details } = await read()
      const index = report.run?.modules.findIndex((module) => module.id === id) ?? -1
      const at = details.batchOf[index] ?? -1
      return at < 0 ? undefined : ((await batch(at))[id] as ModuleDetails)
    },
    async identity(name) {
      const { details } = await read()
      return ((await batch(details.identities))[name] ?? []) as readonly NamedPart[]
    },
    stamp: async () => '',
  }
}

function openServed(): Source {
  const base = import.meta.env.DEV ? '/__remember/' : './'
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(base + path, { headers: { accept: 'application/json' } })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`)
    return (await response.json()) as T
  }
  return {
    isLive: true,
    report: () => get('report.json'),
    details: () => undefined,
    module: (id) => get(`module.json?id=${encodeURIComponent(id)}`),
    identity: (name) => get(`identity.json?name=${encodeURIComponent(name)}`),
    stamp: async () => (await get<{ stamp: string }>('now.json')).stamp,
  }
}

/** JSON that was compressed with gzip and written in base64. */
async function unpack<T>(text: string): Promise<T> {
  const packed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0))
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return (await new Response(stream).json()) as T
}
