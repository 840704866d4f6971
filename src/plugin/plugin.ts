import type { Build } from './build.ts'
import { catchUpWith } from './edits.ts'
import {
  flattenPlugins,
  isBuild,
  isDevServer,
  isVitest,
  type HostPlugin,
  type ViteConfig,
} from './host.ts'
import { createLifecycle } from './lifecycle.ts'
import { observeLogger } from './observeLogger.ts'
import { storeDir } from './options.ts'
import type { RememberHooks } from './ownHooks.ts'
import { createPlace } from './place.ts'
import type { PluginSettings, Session } from './settings.ts'
import { sharingAt } from './sharing.ts'
import { forget } from './subject.ts'
import { keepsModules } from './watched.ts'

/**
 * Makes the plugin: in `options` it puts itself around the hooks of the others,
 * in `buildStart` it takes their fingerprints, in `closeBundle` it writes the record.
 */
export function createPlugin(settings: PluginSettings): RememberHooks {
  const { host, options, inspect } = settings
  const builds = createLifecycle(settings)

  function sessionOf(its: ViteConfig): Session {
    const { workspaceRoot } = createPlace(its.root)
    const running = (): Build[] =>
      [...builds.all()].filter(({ start, ended }) => start.config === its && !ended)
    return {
      dir: storeDir(options, its.root, workspaceRoot),
      root: its.root,
      stamp: () => JSON.stringify(running().map(({ cache, calls }) => [cache.build, calls])),
      soFar: () => Promise.all(running().map((build) => build.soFar())),
    }
  }

  return {
    name: 'vite-plugin-remember',
    enforce: 'pre',
    apply: (_config, { isPreview }) => !isPreview,
    perEnvironmentStartEndDuringDev: true,

    configResolved(resolved) {
      builds.configure(resolved)
      observeLogger(resolved.logger)
      // what comes from other machines comes while the other plugins get ready
      if (!isVitest(resolved)) sharingAt(resolved.root, options)
    },

    configureServer(server) {
      builds.serveWith(server)
      if (options.inspector && options.mode !== 'off') inspect(server, sessionOf(server.config))
    },

    options: {
      order: 'post',
      async handler(inputOptions) {
        if (options.mode === 'off' || !isBuild(this.environment)) return null
        await builds.ask(this, inputOptions)
        return null
      },
    },

    // Rolldown takes the functions of output plugins right after this hook (create-bundler-option.ts)
    outputOptions: {
      order: 'post',
      handler(outputOptions) {
        const build = builds.of(this)
        if (!build || host === 'rollup') return null
        const raw = [outputOptions.plugins].flat(Infinity) as (HostPlugin | PromiseLike<unknown>)[]
        // others read this list too: it stays one unless it holds promises itself
        if (!raw.some((plugin) => typeof (plugin as PromiseLike<unknown>)?.then === 'function')) {
          builds.wrapOutput(build, raw.filter(Boolean) as HostPlugin[])
          return null
        }
        const plugins = flattenPlugins(raw).then((list) => {
          builds.wrapOutput(build, list)
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
        if (isDevServer(this.environment)) return builds.serve(this, inputOptions)
        const build = await builds.begin(this, inputOptions)
        await build?.start.share?.ready()
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
        for (const build of builds.all()) {
          if (build.start.config === config) await catchUpWith(build, file, this)
        }
      },
    },

    buildEnd(error) {
      const build = builds.of(this)
      if (error !== undefined) builds.warnOfDiffering(this, build)
      if (!build) return
      const isFailed = error !== undefined && error !== null
      builds.endModules(build, isFailed)
      const isKept = !isFailed && keepsModules(this.meta)
      if (isKept && this.getModuleIds) forget(build, this.getModuleIds())
    },

    // Rollup shows the final list of output plugins only here
    renderStart: {
      order: 'post',
      sequential: true,
      async handler(outputOptions) {
        const build = builds.of(this)
        if (!build) return
        if (host === 'rollup') builds.wrapOutput(build, await flattenPlugins(outputOptions.plugins))
        builds.startOutput(build)
      },
    },

    // closeBundle may never come: an API user need not close
    generateBundle: {
      order: 'post',
      handler() {
        builds.warnOfDiffering(this, builds.of(this))
        builds.endOutput(builds.of(this))
      },
    },

    renderError() {
      builds.warnOfDiffering(this, builds.of(this))
      builds.endOutput(builds.of(this))
    },

    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const build = builds.of(this)
        if (!build) return
        // watchers need not wait for this hook: it may be that of the build before
        const { isDev } = build.start
        if (!isDev && this.meta['watchMode'] === true && !builds.isComplete(build)) return
        await builds.finish(this, build)
        if (isDev) builds.drop(this)
      },
    },

    closeWatcher: {
      order: 'post',
      sequential: true,
      async handler() {
        const build = builds.of(this)
        builds.stopWatching(this)
        if (build) await builds.finish(this, build)
      },
    },
  }
}
