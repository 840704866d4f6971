import type { HostName, HostPlugin } from './host.ts'
import type { Position } from './notes.ts'
import { isHostsOwn } from './whyNot.ts'

const own = 'vite-plugin-remember'

/** Where we stand in the list of plugins that a host runs. */
export function positionIn(plugins: readonly HostPlugin[], host: HostName): Position {
  const names = plugins.map(({ name = '' }) => name)
  const before = names.slice(0, Math.max(0, names.indexOf(own)))
  return {
    // Vite 7 puts plugin-commonjs in front of the list
    before: before.filter((name) => !isHostsOwn(name) && !(host === 'vite' && name === 'commonjs')),
    copies: names.filter((name) => name === own).length,
  }
}
