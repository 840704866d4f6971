import { SECTIONS } from './configMembers.ts'
import { type Fingerprint, walkParts } from './plugin.ts'
import { isObject } from './values.ts'
import type { WalkOptions } from './walkOptions.ts'

export interface ViteConfigViewOptions extends WalkOptions {
  /** Name of the environment that is built; its settings go before the shared ones. */
  readonly environment?: string | undefined
}

const BUILD = [
  'target',
  'cssTarget',
  'sourcemap',
  'minify',
  'cssMinify',
  'cssCodeSplit',
  'lib',
  'assetsDir',
  'assetsInlineLimit',
  'emitAssets',
  'modulePreload',
  'terserOptions',
  'commonjsOptions',
  'dynamicImportVarsOptions',
  'chunkImportMap',
]

/** Of `build.rollupOptions`: what `vite:css` and `vite:asset` ask for, and what Rolldown does before and after a transform. */
const BUNDLER = [
  'external',
  'transform',
  'moduleTypes',
  'jsx',
  'platform',
  'resolve',
  'tsconfig',
  'context',
]
const OUTPUT = ['format', 'assetFileNames', 'sourcemap', 'sourcemapBaseUrl']

/** Workers that preprocess CSS change nothing but the time it takes. */
const NOT_OF_CSS = ['preprocessorMaxWorkers']

/**
 * The named parts of a resolved Vite config that other plugins' hooks can see,
 * one label per section, so that a policy can leave out what its plugin never
 * reads. Functions and plugins in it (PostCSS, aliases) are walked.
 */
export function viteConfigView(config: object, options: ViteConfigViewOptions): Fingerprint {
  const own = record(record(record(config)['environments'])[options.environment ?? ''])
  const merged = { ...record(config), ...own }
  const build = record(merged['build'])
  const bundler = record(build['rolldownOptions'] ?? build['rollupOptions'])
  const serving = merged['command'] === 'serve'
  const server = record(merged['server'])
  const worker = record(merged['worker'])
  return walkParts(
    {
      ...pick(merged, SECTIONS),
      environment: options.environment,
      nodeEnv: process.env['NODE_ENV'],
      css: omit(record(merged['css']), NOT_OF_CSS),
      assetsInclude: merged['rawAssetsInclude'] ?? merged['assetsInclude'],
      ssr: pick(record(merged['ssr']), ['target']),
      dev: pick(record(merged['dev']), ['sourcemap', 'moduleRunnerTransform']),
      worker: pick(worker, ['format']),
      build: {
        ...pick(build, BUILD),
        ssr: Boolean(build['ssr']),
        watch: isObject(build['watch']),
        bundler: { ...pick(bundler, BUNDLER), output: outputs(bundler['output']) },
      },
      ...(serving && { server: { origin: server['origin'], hmr: server['hmr'] !== false } }),
    },
    options,
  )
}

/** Of Rollup's and Rolldown's input options: what decides how code is parsed before or after a transform. */
const INPUT = [
  'context',
  'cwd',
  'jsx',
  'moduleContext',
  'moduleTypes',
  'platform',
  'preserveSymlinks',
  'resolve',
  'transform',
  'tsconfig',
]

/** The same for a build without Vite. Resolved ids, chunks and output options reach hooks as arguments, so they are no part of it. */
export function rollupConfigView(inputOptions: object, options: WalkOptions): Fingerprint {
  const { experimental, watch, ...input } = record(inputOptions)
  return walkParts(
    {
      ...pick(input, INPUT),
      nodeEnv: process.env['NODE_ENV'],
      experimental: pick(record(experimental), ['nativeMagicString']),
      watch: isObject(watch),
    },
    options,
  )
}

function outputs(output: unknown): unknown {
  return Array.isArray(output)
    ? output.map((each) => pick(record(each), OUTPUT))
    : pick(record(output), OUTPUT)
}

function record(value: unknown): Record<string, unknown> {
  return isObject(value) ? (value as Record<string, unknown>) : {}
}

function pick(from: Record<string, unknown>, labels: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    labels.flatMap((label) => (from[label] === undefined ? [] : [[label, from[label]]])),
  )
}

function omit(from: Record<string, unknown>, labels: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([label]) => !labels.includes(label)))
}
