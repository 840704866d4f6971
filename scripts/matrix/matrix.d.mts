export interface Plan {
  readonly hosts: readonly string[]
  readonly managers: readonly string[]
  readonly nodes: readonly string[]
  readonly forms: readonly string[]
  readonly compilers: readonly string[]
}

/** Lists of names with commas between them; absent means all. `nodes: 'current'` is the Node that runs this. */
export function planOf(chosen: Partial<Record<keyof Plan, string>>): Plan

/** Gives the number of failures. */
export function matrix(
  plan: Plan,
  out: { readonly say: (text: string) => void; readonly log: (text: string) => void },
): Promise<number>
