/** What one look at the set-up found. */
export interface Finding {
  /** What was looked at, in a word, e.g. `position`. */
  readonly check: string
  /** A `problem` costs reuse or safety; a `hint` may be as it should. */
  readonly level: 'ok' | 'hint' | 'problem'
  readonly says: string
  /** What to do about it. */
  readonly remedy?: string
}

export function ok(check: string, says: string): Finding {
  return { check, level: 'ok', says }
}

export function hint(check: string, says: string, remedy: string): Finding {
  return { check, level: 'hint', says, remedy }
}

export function problem(check: string, says: string, remedy: string): Finding {
  return { check, level: 'problem', says, remedy }
}
