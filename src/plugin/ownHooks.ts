import type { HookContext, ViteConfig, ViteEnvironment, ViteServer } from './host.ts'

/** `this` in our own hooks. */
export interface OwnContext {
  readonly meta: Readonly<Record<string, unknown>>
  readonly environment?: ViteEnvironment & { readonly logger: { info(message: string): void } }
  info?(message: string): void
  warn?(message: string): void
  getModuleIds?(): Iterable<string>
}

export interface InputOptions {
  readonly plugins?: unknown
  readonly input?: unknown
  readonly output?: unknown
}

export interface OutputOptions {
  readonly plugins?: unknown
}

/**
 * The hooks of our own plugin. All of them run once per build or output, in a dev
 * server once per environment or edit: none is called per module.
 */
export interface RememberHooks {
  name: string
  enforce: 'pre'
  /** For Vite: not in `vite preview`, which transforms nothing. */
  apply(config: unknown, env: { readonly isPreview?: boolean }): boolean
  /** For Vite's dev server, where `buildStart` else runs for the client only. */
  perEnvironmentStartEndDuringDev: true
  configResolved(config: ViteConfig): void
  configureServer(server: ViteServer): void
  options: { order: 'post'; handler(this: OwnContext, options: InputOptions): Promise<null> }
  outputOptions: {
    order: 'post'
    handler(this: OwnContext, options: OutputOptions): OutputOptions | null
  }
  buildStart: {
    order: 'post'
    sequential: true
    handler(this: OwnContext, options: InputOptions): Promise<void>
  }
  watchChange: {
    order: 'pre'
    sequential: true
    handler(this: HookContext & OwnContext, file: string): Promise<void>
  }
  renderStart: {
    order: 'post'
    sequential: true
    handler(this: OwnContext, options: OutputOptions): Promise<void>
  }
  generateBundle: { order: 'post'; handler(this: OwnContext): void }
  renderError(this: OwnContext): void
  buildEnd(this: OwnContext, error?: unknown): void
  closeBundle: { order: 'post'; sequential: true; handler(this: OwnContext): Promise<void> }
  closeWatcher: { order: 'post'; sequential: true; handler(this: OwnContext): Promise<void> }
}
