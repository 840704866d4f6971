import type { Build, SoFar } from './build.ts'
import { callerScripts } from '../fingerprint/index.ts'
import { findConfigFiles } from './configFiles.ts'
import type { Differing } from './differ.ts'
import { catchUpWith } from './edits.ts'
import { endAtExit, endedItself } from './exit.ts'
import {
  flattenPlugins,
  isBuild,
  isDevServer,
  isLeftAlone,
  isVitest,
  type HostName,
  type HostPlugin,
  type ViteConfig,
  type ViteEnvironment,
  type ViteServer,
} from './host.ts'
import type { BuildNotes } from './notes.ts'
import { observeLogger } from './observeLogger.ts'
import { storeDir, type ResolvedOptions } from './options.ts'
import { createPlace } from './place.ts'
import { sharingAt } from './sharing.ts'
import type { InputOptions, OutputOptions, OwnContext, RememberHooks } from './ownHooks.ts'
import type { choose } from './select.ts'
import type { whyNot } from './whyNot.ts'
import { createSettled } from './settled.ts'
import { startBuild } from './startBuild.ts'
import { forget } from './subject.ts'
import {
  buildsAgainWithoutAsking,
  createWatched,
  keepsModules,
  type WatchedByEnvironment,
  type WatchedConfig,
} from './watched.ts'
import { createWrapping } from './wrapping.ts'

export interface PluginSettings {
  readonly host: HostName
  readonly options: ResolvedOptions
  /** The text to show when a build has ended; nothing when there is nothing to say. */
  readonly summarize: (notes: BuildNotes) => string | undefined
  /** What to warn of when stored outcomes were withdrawn. */
  readonly describeDiffering: (differing: readonly Differing[]) => string
  /** Decides how a plugin is remembered. */
  readonly choose: typeof choose
  /** Says why the calls of others are not remembered; without it, they are not timed. */
  readonly whyNot?: typeof whyNot
  /** Puts the inspector's page into a dev server. */
  readonly inspect: (server: ViteServer, session: Session) => void
}

/** What a dev server did until now. */
export interface Session {
  /** Of the store. */
  readonly dir: string
  readonly root: string
  /** Changes with every hook call that was looked up. */
  stamp(): string
  soFar(): Promise<readonly SoFar[]>
}

/**
 * Makes the plugin: in `options` it puts itself around the hooks of the others,
 * in `buildStart` it takes their fingerprints, in `closeBundle` it writes the record.
 */
export function createPlugin({
  host,
  options,
  summarize,
  describeDiffering,
  choose,
  whyNot,
  inspect,
}: PluginSettings): RememberHooks {
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

  function buildOf(context: OwnContext): Build | undefined {
    return builds.get(context.environment)
  }

  // Rollup's command line writes several outputs at once
  const outputs = new WeakMap<Build, number>()

  function endOutput(build: Build | undefined): void {
    if (!build) return
    const left = (outputs.get(build) ?? 1) - 1
    outputs.set(build, left)
    build.active = left > 0
    if (!build.active) complete.add(build)
    void build.flush()
  }

  /** As soon as an output is known: what `closeBundle` warns of, Rollup's command line does not show (4.68, `build`). */
  function warnOfDiffering(context: OwnContext, build: Build | undefined): void {
    const differing = build?.takeDiffering() ?? []
    if (differing.length > 0) context.warn?.(describeDiffering(differing))
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
    const build = buildOf(context)
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

  function sessionOf(its: ViteConfig): Session {
    const { workspaceRoot } = createPlace(its.root)
    const running = (): Build[] =>
      [...builds.values()].filter(({ start, ended }) => start.config === its && !ended)
    return {
      dir: storeDir(options, its.root, workspaceRoot),
      root: its.root,
      stamp: () => JSON.stringify(running().map(({ cache, calls }) => [cache.build, calls])),
      soFar: () => Promise.all(running().map((build) => build.soFar())),
    }
  }

  function goOnWithout(context: OwnContext, error: unknown): void {
    builds.delete(context.environment)
    context.warn?.(`This build goes on without a cache: ${String(error)}`)
  }

  /** In a dev server all begins here: `options` comes before the server is made, and is called for partial environments too. */
  async function serve(context: OwnContext, inputOptions: InputOptions): Promise<void> {
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

  return {
    name: 'vite-plugin-remember',
    enforce: 'pre',
    apply: (_config, { isPreview }) => !isPreview,
    perEnvironmentStartEndDuringDev: true,

    configResolved(resolved) {
      config = resolved
      observeLogger(resolved.logger)
      // what comes from other machines comes while the other plugins get ready
      if (!isVitest(resolved)) sharingAt(resolved.root, options)
    },

    configureServer(server) {
      servers.set(server.config, server)
      if (options.inspector && options.mode !== 'off') inspect(server, sessionOf(server.config))
    },

    options: {
      order: 'post',
      async handler(inputOptions) {
        if (options.mode === 'off' || !isBuild(this.environment)) return null
        opened = opened
          .then(() => openAsked(this, inputOptions))
          .catch((error: unknown) => goOnWithout(this, error))
        await opened
        return null
      },
    },

    // Rolldown takes the functions of output plugins right after this hook (create-bundler-option.ts)
    outputOptions: {
      order: 'post',
      handler(outputOptions) {
        const build = buildOf(this)
        if (!build || host === 'rollup') return null
        const raw = [outputOptions.plugins].flat(Infinity) as (HostPlugin | PromiseLike<unknown>)[]
        // others read this list too: it stays one unless it holds promises itself
        if (!raw.some((plugin) => typeof (plugin as PromiseLike<unknown>)?.then === 'function')) {
          wrapOutput(build, raw.filter(Boolean) as HostPlugin[])
          return null
        }
        const plugins = flattenPlugins(raw).then((list) => {
          wrapOutput(build, list)
          return list
        })
        return { ...outputOptions, plugins }
      },
    },

    buildStart: {
      order: 'post',
      // after the others have settled: their options are final and no module was seen yet
      sequential: true,
      async handler(inputOptions) {
        if (isDevServer(this.environment)) return serve(this, inputOptions)
        const build = await startingBuild(this, inputOptions).catch((error: unknown) =>
          goOnWithout(this, error),
        )
        if (!build) return
        start(build)
        await build.start.share?.ready()
      },
    },

    // before the others' `watchChange`, and before every hot update
    watchChange: {
      order: 'pre',
      sequential: true,
      async handler(file) {
        if (!isDevServer(this.environment)) return
        // Vite calls this for the client environment only
        const config = this.environment?.getTopLevelConfig?.()
        for (const build of builds.values()) {
          if (build.start.config === config) await catchUpWith(build, file, this)
        }
      },
    },

    buildEnd(error) {
      const build = buildOf(this)
      if (error !== undefined) warnOfDiffering(this, build)
      if (!build) return
      build.active = (outputs.get(build) ?? 0) > 0
      if (error !== undefined && error !== null) complete.add(build)
      else if (keepsModules(this.meta) && this.getModuleIds) forget(build, this.getModuleIds())
    },

    // Rollup shows the final list of output plugins only here
    renderStart: {
      order: 'post',
      sequential: true,
      async handler(outputOptions) {
        const build = buildOf(this)
        if (!build) return
        if (host === 'rollup') wrap(build, await flattenPlugins(outputOptions.plugins))
        build.startOutput()
        build.active = true
        complete.delete(build)
        outputs.set(build, (outputs.get(build) ?? 0) + 1)
      },
    },

    // closeBundle may never come: an API user need not close
    generateBundle: {
      order: 'post',
      handler() {
        warnOfDiffering(this, buildOf(this))
        endOutput(buildOf(this))
      },
    },

    renderError() {
      warnOfDiffering(this, buildOf(this))
      endOutput(buildOf(this))
    },

    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const build = buildOf(this)
        if (!build) return
        // watchers need not wait for this hook: it may be that of the build before
        const { isDev } = build.start
        if (!isDev && this.meta['watchMode'] === true && !complete.has(build)) return
        await finish(this, build)
        if (isDev) builds.delete(this.environment)
      },
    },

    closeWatcher: {
      order: 'post',
      sequential: true,
      async handler() {
        const build = buildOf(this)
        watched.delete(this.environment)
        if (build) await finish(this, build)
      },
    },
  }
}
