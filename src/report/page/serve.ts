import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Session, ViteConfig, ViteServer } from '../../plugin/index.ts'
import { isAllowedHost } from './hosts.ts'

// the page is asked for in few sessions: what it takes is loaded then
const loadAnswers = (): Promise<typeof import('./answers.ts')> => import('./answers.ts')

/** Serves the page at `__remember/` below the server's base. */
export function serveInspector({ config, middlewares }: ViteServer, session: Session): void {
  const base = `${config.base}__remember`
  let answers: Promise<(url: URL) => Promise<unknown>> | undefined

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, config)
    if (refusal) {
      response.writeHead(refusal.status, { allow: 'GET, HEAD' }).end(refusal.said)
      return
    }
    // Connect takes the route away, and puts a slash where nothing is left
    const asked = (request as { originalUrl?: string }).originalUrl ?? ''
    if (new URL(asked, local).pathname === base) {
      response.writeHead(302, { location: `${base}/` }).end()
      return
    }
    answers ??= loadAnswers().then((module) => module.createAnswers(session))
    const url = new URL(request.url ?? '', local)
    const answer = await (await answers)(url)
    if (answer === undefined) {
      response.writeHead(404).end()
    } else if (typeof answer === 'string') {
      response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' })
      response.end(request.method === 'HEAD' ? '' : answer)
    } else {
      response.writeHead(200, { ...headers, 'content-type': 'application/json' })
      response.end(request.method === 'HEAD' ? '' : JSON.stringify(answer))
    }
  }

  middlewares.use(base, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500)
      response.end(String(error))
    })
  })
}

const local = 'http://localhost'

const headers = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Only this page reads the data: not other sites, also when Vite's `cors` would let them. */
function refusalOf(
  { method, headers }: IncomingMessage,
  config: ViteConfig,
): { readonly status: number; readonly said: string } | undefined {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, said: 'Only GET.' }
  const { host, origin } = headers
  const site = headers['sec-fetch-site'] ?? 'none'
  const isVisit = headers['sec-fetch-mode'] === 'navigate'
  const isOwn = site === 'same-origin' || site === 'none' || isVisit
  const isFromHere = origin === undefined || hostOf(origin) === host
  const isAllowed = isOwn && isFromHere && isAllowedHost(host, config)
  return isAllowed ? undefined : { status: 403, said: 'Only for this site.' }
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    // `null`, of a page in a sandbox
    return undefined
  }
}
