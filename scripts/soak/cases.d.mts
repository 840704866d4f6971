import type { Case } from './run.mjs'

/** What is edited and built, by name. */
export const cases: Readonly<Record<string, Case>>
