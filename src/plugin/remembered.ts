import { namedParts, type NamedParts } from '../key/index.ts'
import { wrongOption } from './errors.ts'
import type { HookName } from '../policies/index.ts'

/** What a user says of one plugin instance. */
export interface RememberedOptions {
  /** Labelled plain data that joins every key of this plugin, e.g. `{ locale: 'en' }`. @default {} */
  readonly extra?: NamedParts
  /** Stands for the plugin's code and options in place of what is read from its closures. @default read from the plugin */
  readonly version?: string
  /** The hooks to remember. @default ['load', 'transform', 'renderChunk'] where the plugin has no policy of its own */
  readonly hooks?: readonly HookName[]
}

const mark: unique symbol = Symbol.for('vite-plugin-remember:remembered')

/**
 * Marks one plugin instance (or the list that some plugins return) to be
 * remembered, whatever the policy table says of its name.
 *
 * @throws RememberError when an option is not of its form.
 * @example plugins: [remember(), remembered(myPlugin(), { extra: { locale } })]
 */
export function remembered<Plugin>(plugin: Plugin, options: RememberedOptions = {}): Plugin {
  const checked = checkRemembered(options)
  for (const one of [plugin].flat(Infinity as 1)) {
    // a symbol property: Vite clones plugins with all their own properties for each build
    if (typeof one === 'object' && one !== null) (one as Record<symbol, unknown>)[mark] = checked
  }
  return plugin
}

export function rememberedOptions(plugin: object): RememberedOptions | undefined {
  return (plugin as Record<symbol, RememberedOptions | undefined>)[mark]
}

const hookNames = new Set<unknown>(['load', 'transform', 'renderChunk'])

function checkRemembered(options: RememberedOptions): RememberedOptions {
  const { hooks, version } = options
  const extra = namedParts(options.extra, 'extra')
  if (version !== undefined && typeof version !== 'string') {
    throw wrongOption('version', version, "a string such as '1'")
  }
  if (hooks !== undefined && !(Array.isArray(hooks) && hooks.every((hook) => hookNames.has(hook)))) {
    throw wrongOption('hooks', hooks, "an array of 'load', 'transform' and 'renderChunk'")
  }
  return { ...options, extra }
}
