export interface Plan {
  readonly hosts: readonly string[]
  readonly managers: readonly string[]
  readonly nodes: readonly string[]
  readonly forms: readonly string[]
  readonly compilers: readonly string[]
}

/**
 * Lists of names with commas between them; absent means all, empty none. `nodes` may be `current`.
 *
 * @throws Error for a name that there is none of
 */
export function planOf(given: Partial<Record<keyof Plan, string>>): Plan
