import type { Remote } from '../remote.ts'
import { authorization, below, cautionOf, shownUrl } from './addresses.ts'
import type { RemoteEnvironment } from './environment.ts'
import { digestOf } from './names.ts'
import { openWeb } from './web.ts'

/**
 * Any server that answers GET, HEAD and PUT, such as WebDAV:
 * `<base>/content/<first two digits>/<sha256>` and `<base>/manifests/<sha256>`.
 */
export function openHttp(base: URL, env: RemoteEnvironment): Remote {
  const headers = authorization(base, env['REMEMBER_REMOTE_TOKEN'])
  return openWeb({
    title: shownUrl(base),
    ...cautionOf(base),
    urlOf(name) {
      const digest = digestOf(name)
      const folder = name.kind === 'manifest' ? 'manifests' : `content/${digest.slice(0, 2)}`
      return below(base, `${folder}/${digest}`)
    },
    headersFor: () => headers,
    foldersOf(url) {
      const start = below(base, '').pathname.length
      const steps = url.pathname.slice(start).split('/').slice(0, -1)
      return steps.map((_, index) => below(base, `${steps.slice(0, index + 1).join('/')}/`))
    },
  })
}
