import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'
import type { KeyValue } from '../../src/share/remote.ts'

/** A remote in memory, as a user would write one. */
export interface MemoryRemote extends KeyValue {
  readonly values: Map<string, Uint8Array>
  /** `get content/3a7b…` and the like, since the last `take`. */
  take(): string[]
}

export function memoryRemote(latency: () => number = () => 0): MemoryRemote {
  const values = new Map<string, Uint8Array>()
  const asked: string[] = []
  const wait = async (): Promise<void> => {
    const ms = latency()
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
  }
  return {
    values,
    take: () => asked.splice(0),
    async get(name) {
      asked.push(`get ${name}`)
      await wait()
      return values.get(name)
    },
    async put(name, bytes) {
      asked.push(`put ${name}`)
      await wait()
      values.set(name, bytes)
      await wait()
    },
    async has(name) {
      asked.push(`has ${name}`)
      await wait()
      return values.has(name)
    },
  }
}

/** A remote of plain HTTP: GET, HEAD and PUT, nothing else. */
export interface HttpRemote {
  readonly url: string
  readonly values: Map<string, Buffer>
  /** `GET /content/3a/3a7b…` and the like, since the last `take`. */
  take(): string[]
}

export async function httpRemote(latency = 0): Promise<HttpRemote> {
  const values = new Map<string, Buffer>()
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    asked.push(`${method} ${url}`)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency))
    if (method === 'PUT') {
      values.set(url, Buffer.concat(chunks))
      return response.writeHead(201).end()
    }
    const value = values.get(url)
    if (!value) return response.writeHead(404).end()
    response.writeHead(200, { 'content-length': value.length })
    return response.end(method === 'HEAD' ? undefined : value)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, values, take: () => asked.splice(0) }
}

/** Variables that say that this is a CI, and ours: unset, so that tests run everywhere as on a machine of a person. */
export const noCi: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'CI',
    'GITHUB_ACTIONS',
    'GITLAB_CI',
    'BUILDKITE',
    'CIRCLECI',
    'NETLIFY',
    'VERCEL',
    'REMEMBER_REMOTE',
    'REMEMBER_SCOPE',
    'REMEMBER_SIGNING_KEY',
  ].map((name) => [name, '']),
)

export function leaveCi(): void {
  for (const [name, value] of Object.entries(noCi)) vi.stubEnv(name, value)
  vi.stubEnv('REMEMBER_TRUSTED_KEYS', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
}
