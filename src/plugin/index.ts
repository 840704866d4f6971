export { chooseInAudit } from './audit/choose.ts'
export { addAuditHooks } from './audit/hooks.ts'
export {
  auditedOptions,
  auditVariable,
  readAuditPhase,
  type AuditNote,
  type AuditOrder,
  type AuditPhase,
  type AuditRole,
} from './audit/phase.ts'
export { cheapReason, type Cheap } from './cheap.ts'
export { changedParts, inputChange } from './changes.ts'
export type { Differing } from './differ.ts'
export type { HostName, ViteConfig, ViteServer } from './host.ts'
export type { BuildNotes, Costs, SeenCalls, Unreadable } from './notes.ts'
export {
  resolveOptions,
  type Options,
  type PluginSelector,
  type ResolvedOptions,
} from './options.ts'
export type { OtherCalls } from './others.ts'
export { createPlace, fileBehind, folderIn, type Place } from './place.ts'
export { codeOf, type Outcome } from './outcome.ts'
export { partsKey, storedParts } from './parts.ts'
export { createRelocation, rootToken } from './relocation/index.ts'
export type { SoFar } from './build.ts'
export type { RememberHooks } from './ownHooks.ts'
export { createPlugin } from './plugin.ts'
export type { PluginSettings, Session } from './settings.ts'
export { remembered, type RememberedOptions } from './remembered.ts'
export type { ShareOptions } from '../share/index.ts'
export { choose } from './select.ts'
export { medianCost } from './spread.ts'
export { sightedIds } from './sightings.ts'
export { noPolicy, whyNot } from './whyNot.ts'
export type { Unstable } from './unstable.ts'
export type { CallReason, HookTally, Recomputed } from './tally.ts'
export { defaultStoreDir, findWorkspaceRoot } from './workspace.ts'
