import type { Remote } from '../remote.ts'
import { authorization, below, cautionOf, shownUrl } from './addresses.ts'
import type { RemoteEnvironment } from './environment.ts'
import { digestOf } from './names.ts'
import { openWeb } from './web.ts'

/**
 * Bazel's HTTP cache: `<base>/cas/<sha256>` for content, `<base>/ac/<sha256>` for manifests
 * (https://bazel.build/remote/caching#http-caching).
 */
export function openBazel(base: URL, env: RemoteEnvironment): Remote {
  const headers = authorization(base, env['REMEMBER_REMOTE_TOKEN'])
  return openWeb({
    title: `bazel+${shownUrl(base)}`,
    ...cautionOf(base),
    urlOf: (name) => below(base, `${name.kind === 'content' ? 'cas' : 'ac'}/${digestOf(name)}`),
    headersFor: () => headers,
  })
}
