/** A place for bytes under names, on another machine. Knows nothing of what they mean. */
export interface Remote {
  /** For messages, without credentials, e.g. `https://cache.example.com/app`. */
  readonly title: string
  /** One sentence for the report when what travels can be read on the way. */
  readonly caution?: string
  /**
   * The bytes under a name; undefined when there are none. Never more than `maxBytes`, which is
   * checked while they stream in.
   *
   * @throws RemoteError, or what `signal` was aborted with
   */
  get(name: RemoteName, call: RemoteCall): Promise<Uint8Array | undefined>
  /** Puts bytes under a name. What is there already is replaced by it, or is its equal. */
  put(name: RemoteName, bytes: Uint8Array, call: RemoteCall): Promise<void>
  has(name: RemoteName, call: RemoteCall): Promise<boolean>
  /** Ends connections. */
  close(): Promise<void>
}

/** What is named: content by the SHA-256 of its own bytes, or a manifest by the SHA-256 of its scope's name. */
export interface RemoteName {
  readonly kind: 'content' | 'manifest'
  /** 64 hexadecimal digits. */
  readonly sha256: string
}

/** Given to each call by the caller. */
export interface RemoteCall {
  /** Ends the call at once, and what it holds open. */
  readonly signal: AbortSignal
  /** Bytes. More than that is refused with `too_large`, while it streams in where it streams. */
  readonly maxBytes?: number
  /** Told of bytes as they pass, in either direction, by remotes that see them pass. */
  onBytes?(count: number): void
}

/** What can go wrong with a remote. */
export type RemoteErrorCode =
  /** Nothing listens there. */
  | 'refused'
  /** No way there: the name is not known, there is no route, the certificate is not trusted. */
  | 'unreachable'
  /** The connection ended before the answer did. */
  | 'cut'
  /** 401, 403 and what other protocols call so. */
  | 'denied'
  | 'conflict'
  /** For the remote (413), or more than `maxBytes`. */
  | 'too_large'
  | 'rate_limited'
  /** It failed: 5xx, or what an object of the user threw. */
  | 'server'
  /** The budget of waiting is used up. */
  | 'timeout'
  /** An answer that means nothing here. */
  | 'invalid'

/** Thrown by the calls of a remote. Compare `code`, never the message, which is for people and holds no credentials. */
export class RemoteError extends Error {
  readonly code: RemoteErrorCode
  /** Of HTTP, where there is one. */
  readonly status: number | undefined
  /** Milliseconds after which the remote wants to be asked again, where it said so. */
  readonly retryAfter: number | undefined

  constructor(code: RemoteErrorCode, message: string, details: RemoteErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'RemoteError'
    this.code = code
    this.status = details.status
    this.retryAfter = details.retryAfter
  }
}

interface RemoteErrorDetails {
  readonly status?: number
  readonly retryAfter?: number | undefined
  readonly cause?: unknown
}

/** Objects that keep bytes under names like `content/<sha256>` and `manifests/<sha256>`. */
export interface KeyValue {
  get(name: string, call: RemoteCall): Promise<Uint8Array | undefined> | Uint8Array | undefined
  put(name: string, bytes: Uint8Array, call: RemoteCall): Promise<void> | void
  has(name: string, call: RemoteCall): Promise<boolean> | boolean
}

/** The part of an `unstorage` driver that is used. */
export interface StorageDriver {
  readonly name?: string
  readonly options?: unknown
  hasItem(key: string, options: object): Promise<boolean> | boolean
  getItem(key: string, options?: object): unknown
  getItemRaw?(key: string, options: object): unknown
  setItem?(key: string, value: string, options: object): unknown
  setItemRaw?(key: string, value: unknown, options: object): unknown
  dispose?(): unknown
}

/** Where to share: a URL, an object with `get`, `put` and `has`, or an `unstorage` driver. */
export type RemoteSpec = string | KeyValue | StorageDriver
