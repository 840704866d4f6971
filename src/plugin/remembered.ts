import { namedParts, type NamedParts } from '../key/index.ts'
import { wrongOption } from './errors.ts'
import type { HookName, PathUse } from '../policies/index.ts'

/** What a user says of one plugin instance. */
export interface RememberedOptions {
  /** Labelled plain data that joins every key of this plugin, e.g. `{ locale: 'en' }`. @default {} */
  readonly extra?: NamedParts
  /** Stands for the plugin's code and options in place of what is read from its closures. @default read from the plugin */
  readonly version?: string
  /** The hooks to remember. @default ['load', 'transform', 'renderChunk'] where the plugin has no policy of its own */
  readonly hooks?: readonly HookName[]
  /**
   * Lets other checkouts of the project use what this plugin made: `visible` when it depends on
   * absolute paths by nothing but paths in its results, and those without any are to be used;
   * `plain` when it writes these paths as they are, or as JSON, and they are to be replaced.
   *
   * @default each checkout has its own results, but for plugins with a policy that says otherwise
   */
  readonly paths?: PathUse
}

/**
 * Beside the plugins, not on them: a mark is no option of their own. On
 * globalThis, for the config may have loaded another copy of this package.
 */
const MARKS: unique symbol = Symbol.for('vite-plugin-remember/remembered/1')

type Marks = WeakMap<object, RememberedOptions>

function marks(): Marks {
  const home = globalThis as { [MARKS]?: Marks }
  return (home[MARKS] ??= new WeakMap())
}

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
    if (typeof one === 'object' && one !== null) marks().set(one, checked)
  }
  return plugin
}

/** What the user says of this instance, else what its author says. */
export function rememberedOptions(
  plugin: object,
  onProblem: (error: unknown) => void = () => {},
): RememberedOptions | undefined {
  return marks().get(plugin) ?? statementOf(plugin, onProblem)
}

/**
 * What the author of a plugin says of it, in `api.remember`: hosts keep `api` for
 * plugins to talk to each other. Read anew each time, for `extra` may only be known
 * once the config is. One of a wrong form is none, and a problem: no build fails for it.
 */
function statementOf(
  plugin: { readonly api?: { readonly remember?: unknown } | null },
  onProblem: (error: unknown) => void,
): RememberedOptions | undefined {
  try {
    const said = plugin.api?.remember
    if (said === undefined) return undefined
    if (typeof said !== 'object' || said === null || !('hooks' in said)) {
      throw wrongOption('api.remember', said, "an object such as { hooks: ['transform'] }")
    }
    return checkRemembered(said as RememberedOptions)
  } catch (error) {
    onProblem(error)
    return undefined
  }
}

const hookNames = new Set<unknown>(['load', 'transform', 'renderChunk'])

function checkRemembered(options: RememberedOptions): RememberedOptions {
  const { hooks, paths, version } = options
  const extra = namedParts(options.extra, 'extra')
  if (version !== undefined && typeof version !== 'string') {
    throw wrongOption('version', version, "a string such as '1'")
  }
  if (
    hooks !== undefined &&
    !(Array.isArray(hooks) && hooks.every((hook) => hookNames.has(hook)))
  ) {
    throw wrongOption('hooks', hooks, "an array of 'load', 'transform' and 'renderChunk'")
  }
  if (paths !== undefined && paths !== 'visible' && paths !== 'plain') {
    throw wrongOption('paths', paths, "'visible' or 'plain'")
  }
  return { ...options, extra }
}
