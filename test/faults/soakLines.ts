/** What a process of a soak does all the time. */
export type Role = 'write' | 'read' | 'prune' | 'clear' | 'verify'

/** What a process of a soak prints. */
export type Line =
  /** `key` is `<namespace>/<number>/<trace>`; `told` is `hit` or how its result was committed. */
  | { readonly key: string; readonly told: string; readonly value: string }
  | { readonly did: 'prune' }
  | { readonly did: 'clear' }
  | { readonly did: 'verify'; readonly damaged: readonly string[] }

/** What a process computes for a key: another one computes another value, on purpose. */
export function soakValue(key: string, by: string): string {
  return `${key} by ${by} ${'.'.repeat(300)}`
}

/** The process whose value it is; undefined when it is no value of the key. */
export function writerOf(key: string, value: string): string | undefined {
  const by = /by (\S+)/.exec(value)?.[1]
  return by !== undefined && value === soakValue(key, by) ? by : undefined
}
