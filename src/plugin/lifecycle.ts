import type { Build } from './build.ts'
import { callerScripts } from '../fingerprint/index.ts'
import { findConfigFiles } from './configFiles.ts'
import { endAtExit, endedItself } from './exit.ts'
import {
  flattenPlugins,
  isDevServer,
  isLeftAlone,
  type HostPlugin,
  type ViteConfig,
  type ViteEnvironment,
  type ViteServer,
} from './host.ts'
import type { InputOptions, OutputOptions, OwnContext } from './ownHooks.ts'
import type { PluginSettings } from './settings.ts'
import { createSettled } from './settled.ts'
import { sharingAt } from './sharing.ts'
import { startBuild } from './startBuild.ts'
import {
  buildsAgainWithoutAsking,
  createWatched,
  type WatchedByEnvironment,
  type WatchedConfig,
} from './watched.ts'
import { createWrapping } from './wrapping.ts'

/** The builds of one plugin object, each from its options to its record. */
export interface Lifecycle {
  /** The build that a hook is called for. */
  of(context: OwnContext): Build | undefined
  /** Those that were opened last, of all environments. */
  all(): Iterable<Build>
  configure(config: ViteConfig): void
  serveWith(server: ViteServer): void
  /** `options`: a build is asked for. */
  ask(context: OwnContext, inputOptions: InputOptions): Promise<void>
  /** `buildStart`: its modules come. */
  begin(context: OwnContext, inputOptions: InputOptions): Promise<Build | undefined>
  /** `buildStart` of a dev server, where all begins. */
  serve(context: OwnContext, inputOptions: InputOptions): Promise<void>
  /** Puts our wrappers around the hooks of output plugins. */
  wrapOutput(build: Build, plugins: readonly HostPlugin[]): void
  startOutput(build: Build): void
  endOutput(build: Build | undefined): void
  /** Its modules have come, or it failed: outputs may follow. */
  endModules(build: Build, isFailed: boolean): void
  /** As soon as an output is known: what `closeBundle` warns of, Rollup's command line does not show (4.68, `build`). */
  warnOfDiffering(context: OwnContext, build: Build | undefined): void
  /** True for a build with nothing left to do but to be closed. */
  isComplete(build: Build): boolean
  /** Writes the record of a build, unless that was done, and says how it went. */
  finish(context: OwnContext, build: Build): Promise<void>
  /** Forgets the build of a dev server's environment. */
  drop(context: OwnContext): void
  /** Forgets what a watcher builds again. */
  stopWatching(context: OwnContext): void
}

export function createLifecycle({
  host,
  options,
  summarize,
  describeDiffering,
  choose,
  whyNot,
}: PluginSettings): Lifecycle {
  const callers = callerScripts()
  const nodeEnvAtLoad = process.env['NODE_ENV']
  let config: ViteConfig | undefined
  // one plugin object serves all environments of a Vite build; other hosts have one build at a time
  const builds = new Map<ViteEnvironment | undefined, Build>()
  const servers = new WeakMap<ViteConfig, ViteServer>()

  const watched: WatchedByEnvironment = new Map()
  // one after the other: Rolldown's watcher asks for the options of all its outputs at once
  let opened: Promise<void> = Promise.resolve()
  const started = new WeakSet<Build>()
  /** Builds with nothing left to do but to be closed. */
  const complete = new WeakSet<Build>()
  const configs = new WeakMap<Build, WatchedConfig>()
  const settled = createSettled()
  const wrap = createWrapping(options, choose, whyNot)

  // Rollup's command line writes several outputs at once
  const outputs = new WeakMap<Build, number>()

  function of({ environment }: OwnContext): Build | undefined {
    return builds.get(environment)
  }

  async function open(context: OwnContext, inputOptions: InputOptions): Promise<Build> {
    const { environment } = context
    const former = builds.get(environment)
    if (former) await finish(context, former)
    const isDev = isDevServer(environment)
    // when a server restarts, its plugins may get the new config before the old one's environments end
    const its = isDev ? environment?.getTopLevelConfig?.() : config
    const root = its?.root ?? process.cwd()
    const build = await startBuild({
      host,
      options,
      meta: context.meta,
      config: its,
      environment,
      isDev,
      server: its && servers.get(its),
      inputOptions,
      configFiles: findConfigFiles(its),
      root,
      share: sharingAt(root, options),
      settled,
      callers,
      nodeEnvAtLoad,
    })
    builds.set(environment, build)
    endAtExit(build)
    return build
  }

  /** Opens the first build, or, for Rolldown's watcher, the one before the first. */
  async function openAsked(context: OwnContext, inputOptions: InputOptions): Promise<void> {
    const plugins = await flattenPlugins(inputOptions.plugins)
    let build: Build | undefined
    if (buildsAgainWithoutAsking(context.meta)) {
      const { environment } = context
      const all = watched.get(environment) ?? createWatched()
      watched.set(environment, all)
      const config = all.config({ inputOptions, plugins })
      const waiting = builds.get(environment)
      build = waiting && !waiting.ended && !started.has(waiting) ? waiting : undefined
      build ??= await open(context, inputOptions)
      if (!configs.has(build)) configs.set(build, config)
    }
    build ??= await open(context, inputOptions)
    build.notePosition(plugins)
    wrap(build, plugins)
    // Vite puts `output` here; its output plugins are the user's own objects
    const list = [inputOptions.output].flat() as (OutputOptions | undefined)[]
    for (const output of list) wrapOutput(build, await flattenPlugins(output?.plugins))
  }

  function wrapOutput(build: Build, plugins: readonly HostPlugin[]): void {
    watched.get(build.start.environment)?.output(plugins)
    wrap(build, plugins)
  }

  /** The build that begins: Rolldown's watcher runs `buildStart` again where others make a build anew. */
  async function startingBuild(
    context: OwnContext,
    told: InputOptions,
  ): Promise<Build | undefined> {
    const build = of(context)
    if (!build || !buildsAgainWithoutAsking(context.meta)) return build
    const all = watched.get(context.environment)
    const config = all?.find(told)
    if (!started.has(build) && configs.get(build) === config) return build
    await finish(context, build)
    if (!all || !config) return undefined
    const next = await open(context, config.inputOptions)
    configs.set(next, config)
    next.notePosition(config.plugins)
    wrap(next, config.plugins)
    for (const list of all.outputs) wrap(next, list)
    return next
  }

  /** Writes the record of a build, unless that was done, and says how it went. */
  async function finish(context: OwnContext, build: Build): Promise<void> {
    if (build.ended) return
    endedItself(build)
    warnOfDiffering(context, build)
    const notes = await build.end()
    if (notes instanceof Error) {
      context.warn?.(`The record of this build is not whole: ${notes.message}`)
      return
    }
    const text = summarize(notes)
    if (text === undefined) return
    if (context.environment) context.environment.logger.info(text)
    else context.info?.(text)
  }

  function goOnWithout(context: OwnContext, error: unknown): void {
    builds.delete(context.environment)
    context.warn?.(`This build goes on without a cache: ${String(error)}`)
  }

  function start(build: Build): void {
    started.add(build)
    complete.delete(build)
    build.lookAgain()
    for (const subject of build.subjects) {
      if (subject.timing === 'start') build.fingerprintOf(subject)
    }
    build.active = true
  }

  function warnOfDiffering(context: OwnContext, build: Build | undefined): void {
    const differing = build?.takeDiffering() ?? []
    if (differing.length > 0) context.warn?.(describeDiffering(differing))
  }

  return {
    of,
    all: () => builds.values(),
    configure: (resolved) => void (config = resolved),
    serveWith: (server) => void servers.set(server.config, server),
    async ask(context, inputOptions) {
      opened = opened
        .then(() => openAsked(context, inputOptions))
        .catch((error: unknown) => goOnWithout(context, error))
      await opened
    },
    async begin(context, inputOptions) {
      const build = await startingBuild(context, inputOptions).catch((error: unknown) =>
        goOnWithout(context, error),
      )
      if (build) start(build)
      return build ?? undefined
    },
    // `options` comes before the server is made, and is called for partial environments too
    async serve(context, inputOptions) {
      const { environment } = context
      if (options.mode === 'off' || !environment || isLeftAlone(environment)) return
      try {
        const build = await open(context, inputOptions)
        build.notePosition(environment.plugins)
        wrap(build, environment.plugins)
        start(build)
      } catch (error) {
        goOnWithout(context, error)
      }
    },
    wrapOutput,
    startOutput(build) {
      build.startOutput()
      build.active = true
      complete.delete(build)
      outputs.set(build, (outputs.get(build) ?? 0) + 1)
    },
    endOutput(build) {
      if (!build) return
      const left = (outputs.get(build) ?? 1) - 1
      outputs.set(build, left)
      build.active = left > 0
      if (!build.active) complete.add(build)
      void build.flush()
    },
    endModules(build, isFailed) {
      build.active = (outputs.get(build) ?? 0) > 0
      if (isFailed) complete.add(build)
    },
    warnOfDiffering,
    isComplete: (build) => complete.has(build),
    finish,
    drop: ({ environment }) => void builds.delete(environment),
    stopWatching: ({ environment }) => void watched.delete(environment),
  }
}
