// The shapes of Vite, Rollup and Rolldown that we rely on. Structural, for each
// host is an optional peer and one build holds plugins typed by another.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IdleConfig } from '../policies/index.ts'

export type AnyFunction = (this: unknown, ...args: any[]) => unknown

export type HookSlot = AnyFunction | { handler: AnyFunction; filter?: unknown; order?: unknown }

export interface HostPlugin {
  name?: string
  load?: HookSlot
  transform?: HookSlot
  renderChunk?: HookSlot
  [property: string | symbol]: unknown
}

/** `this` inside a hook. Only what we call ourselves; all else is passed through. */
export interface HookContext {
  addWatchFile(id: string): void
  emitFile(file: unknown): string
  getCombinedSourcemap(): unknown
  getModuleInfo(id: string): unknown
  resolve(source: string, importer?: string, options?: unknown): Promise<unknown>
  warn(log: unknown, position?: unknown): void
  info(log: unknown, position?: unknown): void
  debug(log: unknown, position?: unknown): void
}

export interface ViteEnvironment {
  readonly name: string
  /** `dev` in a dev server, `scan` where it looks for dependencies, `unknown` where a resolver needs one. */
  readonly mode?: string
  /** There in a dev server that bundles (`experimental.bundledDev`). */
  readonly bundledDev?: unknown
  getTopLevelConfig?(): ViteConfig
  readonly plugins: readonly HostPlugin[]
  readonly config: IdleConfig & { readonly consumer?: string; readonly isWorker?: boolean }
}

/** The part of Vite's resolved config that our own code reads; the fingerprint reads more. */
export interface ViteConfig extends IdleConfig {
  readonly root: string
  readonly command: 'build' | 'serve'
  readonly publicDir: string
  /** Ends with a slash. */
  readonly base: string
  readonly server?: {
    readonly allowedHosts?: true | readonly string[]
    readonly https?: unknown
    readonly host?: unknown
    readonly hmr?: boolean | { readonly host?: string }
    readonly origin?: string
  }
  readonly configFile?: string
  readonly plugins: readonly HostPlugin[]
  readonly logger: { info(message: string): void; warn(message: string): void }
}

/** `ViteDevServer`, as `configureServer` gets it: a Proxy, for a restart puts another one behind it. */
export interface ViteServer {
  readonly config: ViteConfig
  readonly middlewares: {
    use(route: string, handle: (request: IncomingMessage, response: ServerResponse) => void): void
  }
}

/** True also for Rollup and Rolldown, which know no environments. */
export function isBuild(environment: ViteEnvironment | undefined): boolean {
  return environment === undefined || environment.mode === 'build'
}

export function isDevServer(environment: ViteEnvironment | undefined): boolean {
  return environment?.mode === 'dev'
}

/** Dev servers that are none to reuse anything in: one that bundles runs clones natively, Vitest has a cache of its own. */
export function isLeftAlone(environment: ViteEnvironment): boolean {
  return environment.bundledDev !== undefined || isVitest(environment)
}

/** Vitest's dev servers are none to bring anything to or from. */
export function isVitest({ plugins }: Pick<ViteConfig, 'plugins'>): boolean {
  return plugins.some(({ name }) => name?.startsWith('vitest'))
}

export type HostName = 'vite' | 'rollup' | 'rolldown'

/** The function of a hook, whichever form the plugin gave it. */
export function hookHandler(slot: HookSlot | undefined): AnyFunction | undefined {
  if (typeof slot === 'function') return slot
  return typeof slot?.handler === 'function' ? slot.handler : undefined
}

/**
 * All plugins of a raw list: nested arrays and promises resolved, falsy values
 * dropped, as `normalizePluginOption` does in Rollup and Rolldown. Both hand the
 * raw list to `options` hooks.
 */
export async function flattenPlugins(list: unknown): Promise<HostPlugin[]> {
  let plugins: unknown[] = [list]
  do plugins = (await Promise.all(plugins)).flat(Infinity)
  while (plugins.some((plugin) => typeof (plugin as PromiseLike<unknown>)?.then === 'function'))
  return plugins.filter(Boolean) as HostPlugin[]
}
