/** Stands for the resolved Vite config, which `viteConfigView` names part by part. */
export const CONFIG = '<config>'

/**
 * Sections of a resolved config (Vite 6, 7 and 8) that can reach a `load`,
 * `transform` or `renderChunk`, from what Vite's own plugins and those of Vue,
 * React and Svelte read of it. Not among them: where the output goes, servers
 * and ports, logging, the dependency optimizer, the plugins themselves.
 */
export const SECTIONS: readonly string[] = [
  'command',
  'mode',
  'isProduction',
  'isWorker',
  'root',
  'base',
  'publicDir',
  'define',
  'env',
  'envPrefix',
  'resolve',
  'css',
  'json',
  'esbuild',
  'oxc',
  'rawAssetsInclude',
  'tsconfig',
  'html',
  'experimental',
  'legacy',
  'future',
  'consumer',
  'isBundled',
  'keepProcessEnv',
]

/** What else Vite (6.4, 7.3, 8.3) puts on a resolved config, or takes from a user's: no transform reads it. */
const OF_NO_CONCERN = [
  'additionalAllowedHosts',
  'appType',
  'assetsInclude',
  'build',
  'builder',
  'bundleChain',
  'cacheDir',
  'clearScreen',
  'configFile',
  'configFileDependencies',
  'createResolver',
  'customLogger',
  'decodedBase',
  'dev',
  'devtools',
  'envDir',
  'envFile',
  'environments',
  'fsDenyGlob',
  'getSortedPluginHooks',
  'getSortedPlugins',
  'inlineConfig',
  'input',
  'logLevel',
  'logger',
  'mainConfig',
  'optimizeDeps',
  'optimizeDepsPluginNames',
  'packageCache',
  'plugins',
  'preview',
  'rawBase',
  'safeModulePaths',
  'server',
  'ssr',
  'webSocketToken',
  'worker',
]

const OF_VITE = new Set([...SECTIONS, ...OF_NO_CONCERN])

/** False for what a plugin put on the config for itself, as VitePress does with its own config: no view has it. */
export function isOfVite(member: string): boolean {
  return OF_VITE.has(member)
}
