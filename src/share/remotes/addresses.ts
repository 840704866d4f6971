/** A URL as people may see it: no user, no password, no query. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}

/** A URL one or more steps further down, with the same query. */
export function below(base: URL, path: string): URL {
  const url = new URL(base)
  url.username = ''
  url.password = ''
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path}`
  return url
}

/** The header that proves who asks: the token of the environment, else what the URL says. */
export function authorization(url: URL, token: string | undefined): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` }
  if (!url.username && !url.password) return {}
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** A sentence for the report when others on the network can read what travels. */
export function cautionOf(url: URL): { caution?: string } {
  const isEncrypted = url.protocol === 'https:' || url.protocol === 'rediss:'
  if (isEncrypted || isLoopback(url.hostname)) return {}
  return { caution: `${shownUrl(url)} is not encrypted: others on the network can read along` }
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
