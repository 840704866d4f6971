import type { Session } from './session.ts'
import type { State } from './state.ts'

/** Where results come from and go to, for one session. */
export interface Desk {
  readonly state: State
  readonly session: Session
  /** Milliseconds since 1970. */
  readonly now: () => number
}
