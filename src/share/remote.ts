/** A place for bytes under names, on another machine. Knows nothing of what they mean. */
export interface Remote {
  /** For messages, without credentials, e.g. `https://cache.example.com/app`. */
  readonly title: string
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
  readonly signal: AbortSignal
  /** Bytes. */
  readonly maxBytes?: number
}

/** What can go wrong with a remote. */
export type RemoteErrorCode =
  | 'refused'
  | 'unreachable'
  | 'denied'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'server'
  | 'timeout'
  | 'invalid'

/** Thrown by the calls of a remote. Compare `code`, never the message. */
export class RemoteError extends Error {
  readonly code: RemoteErrorCode
  /** Of HTTP, where there is one. */
  readonly status: number | undefined

  constructor(
    code: RemoteErrorCode,
    message: string,
    { status, cause }: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RemoteError'
    this.code = code
    this.status = status
  }
}

/** Objects that keep bytes under names like `content/<sha256>` and `manifests/<sha256>`. */
export interface KeyValue {
  get(name: string): Promise<Uint8Array | undefined> | Uint8Array | undefined
  put(name: string, bytes: Uint8Array): Promise<void> | void
  has(name: string): Promise<boolean> | boolean
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
