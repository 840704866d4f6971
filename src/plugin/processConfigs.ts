// Tools load their config files once per process: Node runs a module once, and
// most keep what they parsed. What such a file says now is then not what they go
// by, nor can its former text be named as what they do (imports of it may not have
// run yet). So a plugin whose config files changed is left alone from then on.
const first = new Map<string, ReadonlyMap<string, string>>()

export interface ReadConfig {
  readonly file: string
  readonly content: string
}

/**
 * One of a plugin's config files that is not what it was when this process first looked: it
 * changed, came or went.
 */
export function changedConfig(
  plugin: string,
  root: string,
  configs: readonly ReadConfig[],
): string | undefined {
  const now = new Map(configs.map(({ file, content }) => [file, content]))
  const name = `${plugin}\0${root}`
  const before = first.get(name)
  if (!before) {
    first.set(name, now)
    return undefined
  }
  return [...before.keys(), ...now.keys()].find((file) => before.get(file) !== now.get(file))
}
