import type { HostPlugin, ViteEnvironment } from './host.ts'

/** One of the configs that Rolldown's watcher builds again and again. */
export interface WatchedConfig {
  readonly inputOptions: { readonly input?: unknown }
  /** Flat. */
  readonly plugins: readonly HostPlugin[]
}

/** What Rolldown's watcher builds with one plugin object of ours. */
export interface Watched {
  /** Notes a config as the host asks for its options; answers the one it is: several outputs of one config ask once each. */
  config(config: WatchedConfig): WatchedConfig
  /** Notes the plugins of an output. */
  output(plugins: readonly HostPlugin[]): void
  /** The config that is about to be built, by what `buildStart` is told; undefined when that can't be said. */
  find(told: { readonly plugins?: unknown; readonly input?: unknown }): WatchedConfig | undefined
  readonly outputs: readonly (readonly HostPlugin[])[]
}

/** By Vite's environment; other hosts have none. */
export type WatchedByEnvironment = Map<ViteEnvironment | undefined, Watched>

/**
 * True for the watcher of Rolldown, of Vite 8 too: it calls `options` once for each config and
 * output, takes the functions of all hooks then, and never asks again (`createWatcher` in its
 * src/api/watch/watcher.ts). Rollup's makes each build from the start.
 */
export function buildsAgainWithoutAsking(meta: Readonly<Record<string, unknown>>): boolean {
  return meta['watchMode'] === true && meta['rolldownVersion'] !== undefined
}

/** True where the host keeps its modules from build to build and calls no hook for those that did not change. */
export function keepsModules(meta: Readonly<Record<string, unknown>>): boolean {
  return meta['watchMode'] === true && meta['rolldownVersion'] === undefined
}

export function createWatched(): Watched {
  const configs: WatchedConfig[] = []
  const outputs: (readonly HostPlugin[])[] = []
  return {
    outputs,
    config(config) {
      const known = configs.find(
        ({ inputOptions, plugins }) =>
          inputOf(inputOptions) === inputOf(config.inputOptions) &&
          sameItems(plugins, config.plugins),
      )
      if (!known) configs.push(config)
      return known ?? config
    },
    output(plugins) {
      if (!outputs.some((known) => sameItems(known, plugins))) outputs.push(plugins)
    },
    find({ plugins, input }) {
      if (configs.length < 2) return configs[0]
      const there = new Set(plugins as readonly HostPlugin[])
      const fitting = configs.filter((config) => config.plugins.every((each) => there.has(each)))
      if (fitting.length < 2) return fitting[0]
      // one list of plugins for several configs
      const same = fitting.filter((config) => sameInput(config.inputOptions.input, input))
      return same.length === 1 ? same[0] : undefined
    },
  }
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i])
}

function inputOf({ input }: { readonly input?: unknown }): string {
  return JSON.stringify(input) ?? ''
}

/** What `buildStart` is told is normal: a list, or names with files. */
function sameInput(given: unknown, told: unknown): boolean {
  return JSON.stringify([given].flat()) === JSON.stringify([told].flat())
}
