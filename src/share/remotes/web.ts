import type { Remote, RemoteCall, RemoteName } from '../remote.ts'
import { statusError } from './errors.ts'
import { send, type Answer, type Method } from './send.ts'

/** How a kind of server lays out names, and what it wants to know. */
export interface WebLayout {
  readonly title: string
  readonly caution?: string
  urlOf(name: RemoteName): URL
  headersFor(method: Method, url: URL): Promise<Headers> | Headers
  /** The folders above a URL, outermost first, which are made when a PUT answers 409. */
  foldersOf?(url: URL): URL[]
}

type Headers = Readonly<Record<string, string>>

/** A remote that is a server of HTTP. */
export function openWeb(layout: WebLayout): Remote {
  const { title, caution } = layout

  async function ask(
    method: Method,
    url: URL,
    call: RemoteCall,
    body?: Uint8Array,
  ): Promise<Answer> {
    const headers = {
      'user-agent': 'vite-plugin-remember',
      // what is stored is compressed already, and is wanted as it is
      'accept-encoding': 'identity',
      ...(body && {
        'content-type': 'application/octet-stream',
        'content-length': String(body.length),
      }),
      ...(await layout.headersFor(method, url)),
    }
    return send({ title, method, url, headers, ...(body && { body }) }, call)
  }

  async function put(url: URL, bytes: Uint8Array, call: RemoteCall): Promise<Answer> {
    const answer = await ask('PUT', url, call, bytes)
    if (answer.status !== 409 || !layout.foldersOf) return answer
    // one that is there already answers 405; whether there is room now, the PUT tells
    for (const folder of layout.foldersOf(url)) await ask('MKCOL', folder, call)
    return ask('PUT', url, call, bytes)
  }

  return {
    title,
    ...(caution !== undefined && { caution }),
    async get(name, call) {
      const answer = await ask('GET', layout.urlOf(name), call)
      if (answer.status === 200) return answer.body
      if (isAbsent(answer)) return undefined
      throw statusError(title, 'GET', answer)
    },
    async has(name, call) {
      const answer = await ask('HEAD', layout.urlOf(name), call)
      if (isSuccess(answer)) return true
      if (isAbsent(answer)) return false
      throw statusError(title, 'HEAD', answer)
    },
    async put(name, bytes, call) {
      const answer = await put(layout.urlOf(name), bytes, call)
      if (!isSuccess(answer)) throw statusError(title, 'PUT', answer)
    },
    // idle connections are Node's, which closes them and does not stay alive for them
    close: () => Promise.resolve(),
  }
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status <= 299
}

function isAbsent({ status }: Answer): boolean {
  return status === 404 || status === 410
}
