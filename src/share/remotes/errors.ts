import { RememberError } from '../../key/index.ts'
import { RemoteError, type RemoteErrorCode } from '../remote.ts'

/** What Node says when there is no connection, or none any more. */
export function networkError(title: string, cause: unknown): RemoteError {
  const system = (cause as NodeJS.ErrnoException | undefined)?.code ?? String(cause)
  const [code, what] = troubleOf(system)
  return new RemoteError(code, `${title} ${what} (${system})`, { cause })
}

function troubleOf(system: string): [RemoteErrorCode, string] {
  if (system === 'ECONNREFUSED') return ['refused', 'refused the connection']
  if (system === 'ENOTFOUND' || system === 'EAI_AGAIN') return ['unreachable', 'was not found']
  if (['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'].includes(system)) {
    return ['unreachable', 'could not be reached']
  }
  if (['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(system)) {
    return ['cut', 'ended the connection too early']
  }
  if (system.startsWith('HPE_')) return ['invalid', 'gave an answer that is not HTTP']
  // names of OpenSSL, and of Node's own check of host names
  if (/CERT|^(ERR_TLS|ERR_SSL|UNABLE_TO|EPROTO)/.test(system)) {
    return ['unreachable', 'has no certificate that is trusted here']
  }
  return ['unreachable', 'failed']
}

/** An answer of HTTP that is neither success nor "there is none". */
export function statusError(
  title: string,
  method: string,
  { status, retryAfter }: { readonly status: number; readonly retryAfter?: number | undefined },
): RemoteError {
  const [code, remedy] = meaningOf(status)
  const message = `${title} answered ${status} to ${method}${remedy}`
  return new RemoteError(code, message, { status, retryAfter })
}

function meaningOf(status: number): [RemoteErrorCode, string] {
  if (status === 401) return ['denied', ': it wants other credentials']
  if (status === 403) return ['denied', ': it does not allow that']
  if (status === 409) return ['conflict', '']
  if (status === 413) return ['too_large', ': raise its limit for the size of a body']
  if (status === 429) return ['rate_limited', ': too many requests']
  if (status >= 500) return ['server', '']
  if (status === 405) return ['invalid', ': does it allow writing?']
  return ['invalid', '']
}

/** What Redis answers, or that its connection ended. */
export function redisError(title: string, cause: unknown): RemoteError {
  const text = cause instanceof Error ? cause.message : String(cause)
  const word = /^[A-Z]+(?= )/.exec(text)?.[0]
  if (word === 'NOAUTH' || word === 'WRONGPASS' || word === 'NOPERM' || word === 'READONLY') {
    return new RemoteError('denied', `${title} does not allow that (${word})`, { cause })
  }
  if (word) return new RemoteError('server', `${title} failed (${word})`, { cause })
  if ((cause as NodeJS.ErrnoException).code !== undefined) return networkError(title, cause)
  return networkError(title, Object.assign(new Error(text, { cause }), { code: 'ECONNRESET' }))
}

export function tooLarge(title: string, maxBytes: number): RemoteError {
  return new RemoteError('too_large', `${title} sent more than the ${maxBytes} bytes expected`)
}

export function notBytes(title: string, got: string): RemoteError {
  return new RemoteError('invalid', `${title} gave ${got} instead of bytes`)
}

/** An object of the user, or a driver, that threw. */
export function failed(title: string, cause: unknown): RemoteError {
  if (cause instanceof RemoteError) return cause
  const text = cause instanceof Error ? cause.message : String(cause)
  // a line of the report
  const line = text.split('\n', 1)[0]?.slice(0, 200)
  return new RemoteError('server', `${title} failed: ${line}`, { cause })
}

export function wrongRemote(what: string): RememberError {
  return new RememberError(
    'WRONG_REMOTE',
    `vite-plugin-remember: \`share.remote\` (or REMEMBER_REMOTE) ${what}. Allowed: a URL like https://…, http://…, bazel+https://…, turborepo:, redis://…, rediss://…, s3://bucket/prefix?endpoint=…; an unstorage driver; an object with get, put and has.`,
  )
}

/** A package that only this kind of remote needs. */
export function missingPackage(name: string, remote: string, cause: unknown): RememberError {
  return new RememberError(
    'MISSING_PACKAGE',
    `vite-plugin-remember: \`share.remote\` is ${remote}, which needs the package \`${name}\`. Install it: npm install --save-dev ${name}`,
    cause,
  )
}

export function missingSetting(remote: string, names: string): RememberError {
  return new RememberError(
    'MISSING_ENVIRONMENT',
    `vite-plugin-remember: \`share.remote\` is ${remote}, which needs ${names} in the environment.`,
  )
}
