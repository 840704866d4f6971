import { isIP } from 'node:net'
import type { ViteConfig } from '../../plugin/index.ts'

/**
 * True for a `Host` that a server is meant to be asked by, as Vite decides it: else a site that lets
 * its name lead here could read what is served (DNS rebinding). Vite 7 and 8 have asked before us
 * (`hostValidationMiddleware`); Vite 6.4 asks only after what `configureServer` adds.
 */
export function isAllowedHost(header: string | undefined, { server = {} }: ViteConfig): boolean {
  const { allowedHosts, https, host, hmr, origin } = server
  // no certificate is good for that name
  if (allowedHosts === true || https) return true
  const name = nameOf(`http://${header ?? ''}`)
  if (name === undefined) return false
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0) return true
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  const hmrHost = typeof hmr === 'object' ? hmr.host : undefined
  const known = [host, hmrHost, origin && nameOf(origin), ...(allowedHosts ?? [])]
  return known.some((each) => {
    if (typeof each !== 'string') return false
    return (
      each === name || (each.startsWith('.') && (each.slice(1) === name || name.endsWith(each)))
    )
  })
}

function nameOf(url: string): string | undefined {
  try {
    return new URL(url).hostname
  } catch {
    return undefined
  }
}
