import type { Inspector } from '../fingerprint/index.ts'
import { hookHandler, type HookContext, type HostPlugin, type ViteEnvironment } from './host.ts'
import { scopesOf } from './scopesOf.ts'

// Vite keeps in variables of its own what `vite:css` leaves for `vite:css-post` and `vite:asset`:
// the class maps of CSS modules, the assets of a build, the public files that code speaks of
// (8.3.8 chunks/node.js, 7.3.8 chunks/config.js, 6 chunks/dep-*.js, under the same names).

type Fields = Readonly<Record<string, unknown>>
type Found = Record<string, (...args: unknown[]) => unknown>

/** What Vite keeps in memory of a build's style sheets, and Vite's own functions that fill it. */
export interface StyleMemory {
  /** The class map of a CSS module, or nothing. */
  classes(id: string): unknown
  keepClasses(id: string, classes: unknown): void
  /** Assets by id: their URL, or an object that says it (Vite 8). */
  assets(): ReadonlyMap<string, unknown>
  /** What Vite 8 puts behind the URL of an asset, by the id in its placeholder. */
  postfix(urlId: string): string | undefined
  /** What `vite:css` asks for the URL of a file: emits it unless it is small or known. */
  urlOf(id: string, context: HookContext): Promise<string>
  /** The URL that stands behind a placeholder of a public file. */
  publicUrl(hash: string): string | undefined
  /** The placeholder of a public file, or nothing when there is none by that URL. */
  publicPlaceholder(url: string): string | undefined
  /** True when nobody else hears of the classes: `getJSON` is told, a `Loader` may do anything. */
  readonly isPlain: boolean
  /** True when a function of the user's makes class names, maybe of the absolute path. */
  readonly namesByPlace: boolean
  /** True when source maps are made: they show the references of assets. */
  readonly hasMaps: boolean
  readonly root: string
}

/** Finds it through the closures of a build's `vite:css`; nothing where its variables have other names. */
export function findStyleMemory(
  inspector: Inspector | undefined,
  plugin: HostPlugin,
  environment: ViteEnvironment | undefined,
): StyleMemory | undefined {
  if (!environment) return undefined
  const scopes = scopesOf(inspector, hookHandler(plugin.transform), 'cssModulesCache')
  const variables: Fields = Object.assign({}, ...scopes.map((each) => each.variables).toReversed())
  const caches = [
    variables['cssModulesCache'],
    variables['assetCache'],
    variables['publicAssetUrlCache'],
  ]
  if (!caches.every((each) => each instanceof WeakMap)) return undefined
  const [modules, assets, publicUrls] = caches as WeakMap<object, Map<string, unknown>>[]
  // Vite 7 and 6 have another function by the first name
  const fileToUrl = [variables['fileToUrl'], variables['fileToUrl$1']].find(
    (each) => typeof each === 'function' && /\(pluginContext, id\b/.test(String(each)),
  )
  const metadata = variables['fileUrlMetadata'] as
    | WeakMap<object, Map<string, { readonly postfix?: string }>>
    | undefined
  const functions = {
    fileToUrl,
    publicFileToBuiltUrl: variables['publicFileToBuiltUrl'],
    checkPublicFile: variables['checkPublicFile'],
  }
  if (!Object.values(functions).every((each) => typeof each === 'function')) return undefined
  const vite = functions as Found
  // the one of the plugin's own closure, under another name in each version
  const config = scopes
    .filter(({ kind }) => kind === 'closure')
    .flatMap((scope) => Object.values(scope.variables))
    .find((each) => typeof each === 'object' && each !== null && modules!.has(each)) as
    | Fields
    | undefined
  if (!config || !assets!.has(environment)) return undefined
  const own = ((config['css'] as Fields | undefined)?.['modules'] ?? {}) as Fields

  return {
    classes: (id) => modules!.get(config)?.get(id),
    keepClasses: (id, classes) => void modules!.get(config)?.set(id, classes),
    assets: () => assets!.get(environment) ?? new Map(),
    postfix: (urlId) => metadata?.get(environment)?.get(urlId)?.postfix,
    async urlOf(id, context) {
      const seen = {
        environment,
        emitFile: (file: unknown) => context.emitFile(file),
        getModuleInfo: (module: string) => context.getModuleInfo(module),
      }
      return String(await vite['fileToUrl']!(seen, id, 'string'))
    },
    publicUrl: (hash) => publicUrls!.get(config)?.get(hash) as string | undefined,
    publicPlaceholder: (url) =>
      vite['checkPublicFile']!(url, config)
        ? String(vite['publicFileToBuiltUrl']!(url, config))
        : undefined,
    isPlain: own['getJSON'] === undefined && own['Loader'] === undefined,
    namesByPlace: typeof own['generateScopedName'] === 'function',
    hasMaps: [config, environment.config as Fields].some((each) =>
      Boolean((each['build'] as Fields | undefined)?.['sourcemap']),
    ),
    root: String(config['root']),
  }
}
