import type { Plugin } from 'rollup'
import { openDoor } from './door.ts'
import type { Options } from './plugin/index.ts'

export {
  remembered,
  type Options,
  type PluginSelector,
  type RememberedOptions,
  type ShareOptions,
} from './plugin/index.ts'

/**
 * Remembers what the other plugins of a Rollup build did to each module. Put it
 * first in `plugins`; the output is byte for byte what the build makes without it.
 *
 * @throws RememberError when an option is not of its form.
 * @example plugins: [remember(), vue()]
 */
export default function remember(options?: Options): Plugin {
  // our hooks are typed by what they use of three hosts, more narrowly than each host types them
  return openDoor('rollup', options) as unknown as Plugin
}
