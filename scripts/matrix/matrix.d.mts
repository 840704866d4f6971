import type { Plan } from './plan.mjs'

/** Gives the number of failures. */
export function matrix(
  plan: Plan,
  out: { readonly say: (text: string) => void; readonly log: (text: string) => void },
): Promise<number>
