import { describeType, isPlainObject } from '../key/index.ts'
import { keyInConfig, wrongShare } from './errors.ts'
import type { RemoteSpec } from './remote.ts'
import { checkScope, type Env } from './scopes.ts'
import { resolveTrust, type Trust } from './trust.ts'

/** How results are shared with other machines: docs/sharing.md. */
export interface ShareOptions {
  /**
   * Where to share: a URL (`https://…` for WebDAV and plain HTTP, `bazel+https://…`, `turborepo:`,
   * `redis://…`, `s3://bucket/prefix`), an `unstorage` driver, or an object with `get`, `put` and
   * `has`. The environment variable `REMEMBER_REMOTE` wins; `off` there turns sharing off.
   * @default nothing is shared
   */
  readonly remote?: RemoteSpec
  /**
   * The scope that is written to and read first. In a CI its environment decides, not this.
   * `REMEMBER_SCOPE` wins.
   * @default ':local', in a CI the branch or pull request
   */
  readonly scope?: string
  /**
   * Public keys, as `remember keygen` prints them: what none of them signed is not read. Where
   * `REMEMBER_TRUSTED_KEYS` is set, only keys that are in both count.
   * @default everything is read; with `REMEMBER_SIGNING_KEY`, what that key signed
   */
  readonly trustedKeys?: string | readonly string[]
  /**
   * `false` writes nothing. `true` gives no right: in a CI writing takes `REMEMBER_SIGNING_KEY`.
   * @default true where it is allowed
   */
  readonly write?: boolean
  /**
   * Milliseconds that a remote may keep one build waiting in all.
   * @default 2000
   */
  readonly timeout?: number
}

export interface ResolvedShare {
  readonly remote: RemoteSpec
  /** Of the options. */
  readonly scope: string | undefined
  readonly trust: Trust
  readonly write: boolean | undefined
  readonly timeout: number
}

const DEFAULT_TIMEOUT = 2000
const known = new Set(['remote', 'scope', 'trustedKeys', 'write', 'timeout'])
const looksPrivate = /(?:signing|private|secret)/i

/**
 * Checks the option `share` and the variables beside it. Undefined where nothing is shared.
 *
 * @throws RememberError that names the option and the remedy
 */
export function resolveShare(
  given: string | ShareOptions | undefined,
  env: Env,
): ResolvedShare | undefined {
  const options = optionsOf(given)
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue
    if (looksPrivate.test(name)) throw keyInConfig(`share.${name}`)
    throw wrongShare(`share.${name}`, `one of ${[...known].join(', ')}`)
  }
  const { scope, write, timeout = DEFAULT_TIMEOUT } = options
  if (write !== undefined && typeof write !== 'boolean')
    throw wrongShare('share.write', 'true or false')
  if (typeof timeout !== 'number' || !(timeout > 0)) {
    throw wrongShare('share.timeout', 'a number of milliseconds above 0')
  }
  if (scope !== undefined) checkScope('option `share.scope`', scope)
  const trust = resolveTrust(env, keysOf(options.trustedKeys))
  const remote = env['REMEMBER_REMOTE'] || remoteOf(options.remote)
  if (remote === undefined || remote === 'off') return undefined
  return { remote, scope, trust, write, timeout }
}

function optionsOf(given: string | ShareOptions | undefined): ShareOptions {
  if (given === undefined) return {}
  if (typeof given === 'string') return { remote: given }
  if (typeof given !== 'object' || given === null || !isPlainObject(given)) {
    throw wrongShare(
      'share',
      `a URL or { remote, scope, trustedKeys, write, timeout }, not ${describeType(given)}`,
    )
  }
  return given
}

function keysOf(given: ShareOptions['trustedKeys']): readonly string[] | undefined {
  if (given === undefined) return undefined
  const keys: readonly unknown[] = typeof given === 'string' ? [given] : given
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) {
    throw wrongShare('share.trustedKeys', 'public keys as `remember keygen` prints them')
  }
  return keys as readonly string[]
}

function remoteOf(given: RemoteSpec | undefined): RemoteSpec | undefined {
  if (given === undefined) return undefined
  const isForm =
    typeof given === 'string'
      ? given === 'off' || /^[a-z][a-z\d+.-]*:/i.test(given)
      : typeof given === 'object' && given !== null
  if (!isForm) {
    throw wrongShare(
      'share.remote',
      'a URL such as https://cache.example.com/app, an `unstorage` driver, or an object with get, put and has',
    )
  }
  return given
}
