export { localImports, type LocalImports } from './configFiles.ts'
export { rollupConfigView, viteConfigView, type ViteConfigViewOptions } from './configView.ts'
export { diffParts, type PartChange } from './diff.ts'
export { type Inspector, openInspector } from './inspector.ts'
export { type NameForms, packagesNamedBy, textsIn, wordsIn } from './namedPackages.ts'
export {
  createPackages,
  type InstalledPackage,
  type Packages,
  type PackagesOptions,
} from './packages.ts'
export { type Fingerprint, type PluginWalkOptions, walkParts, walkPlugin } from './plugin.ts'
export type { Limits, WalkOptions } from './walkOptions.ts'
export { callerScripts, type KnownScripts } from './scripts.ts'
