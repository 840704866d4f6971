import { inspect } from 'node:util'
import type { KeyValue, Remote, RemoteSpec, StorageDriver } from '../remote.ts'
import type { RemoteEnvironment } from './environment.ts'
import { wrongRemote } from './errors.ts'

/**
 * Opens what an option or a variable names, without asking it anything. Loads the code of that one
 * kind only.
 *
 * @throws RememberError when it names nothing that is known, or what it needs is missing
 */
export async function openRemote(spec: RemoteSpec, env: RemoteEnvironment): Promise<Remote> {
  if (typeof spec === 'string') return openUrl(spec, env)
  if (isDriver(spec)) return (await import('./storage.ts')).openStorage(spec)
  if (isKeyValue(spec)) return (await import('./object.ts')).openObject(spec)
  throw wrongRemote(`is ${inspect(spec, { depth: 0, breakLength: Infinity })}`)
}

async function openUrl(spec: string, env: RemoteEnvironment): Promise<Remote> {
  const scheme = /^[a-z0-9+]+(?=:)/i.exec(spec)?.[0].toLowerCase()
  if (scheme === 'turborepo') return (await import('./turborepo.ts')).openTurborepo(env)
  // never shown as it is: it may hold a password
  const url = urlIn(spec.replace(/^bazel\+/i, ''))
  if (!scheme || !url) throw wrongRemote('is no URL')
  switch (scheme) {
    case 'http':
    case 'https':
      return (await import('./http.ts')).openHttp(url, env)
    case 'bazel+http':
    case 'bazel+https':
      return (await import('./bazel.ts')).openBazel(url, env)
    case 'redis':
    case 'rediss':
      return (await import('./redis.ts')).openRedis(url)
    case 's3':
      return (await import('./s3.ts')).openS3(url, env)
    default:
      throw wrongRemote(`starts with ${scheme}:, which is not known`)
  }
}

function urlIn(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function isDriver(spec: object): spec is StorageDriver {
  return hasMethods(spec, ['hasItem', 'getItem'])
}

function isKeyValue(spec: object): spec is KeyValue {
  return hasMethods(spec, ['get', 'put', 'has'])
}

function hasMethods(spec: object, names: readonly string[]): boolean {
  // a value of plain JavaScript may be anything
  const members = (spec ?? {}) as Record<string, unknown>
  return names.every((name) => typeof members[name] === 'function')
}
