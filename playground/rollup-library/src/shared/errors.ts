export class ToolbeltError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ToolbeltError'
    this.code = code
    this.details = details
  }
}

export function invariant(condition: unknown, code: string, message: string): asserts condition {
  if (!condition) throw new ToolbeltError(code, message)
}
