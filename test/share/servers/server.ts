/** A server that a test started. */
export interface Server {
  readonly port: number
  stop(): Promise<void>
}
