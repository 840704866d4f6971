export { type Inspector, openInspector } from './inspector.ts'
export { type Fingerprint, type PluginWalkOptions, walkParts, walkPlugin } from './plugin.ts'
export type { Limits, WalkOptions } from './walk.ts'
