export { RememberError } from '../key/index.ts'
export type { Digest, KeyDigest, NamedParts } from '../key/index.ts'
export { newestBuilds, readBuilds } from './builds.ts'
export type { BuildRecord } from './builds.ts'
export { openCache } from './cache.ts'
export { describeDifference, firstDifference } from './difference.ts'
export type { Difference } from './difference.ts'
export { clear } from './clear.ts'
export type { Cleared, ClearOptions } from './clear.ts'
export type { Dropped } from './dropped.ts'
export { readEntries, openEntries } from './details.ts'
export type { EntryDetails, EntryReader } from './details.ts'
export { prune } from './prune.ts'
export type { Pruned, PruneOptions } from './prune.ts'
export { openUses } from './uses.ts'
export type { BuildUses, UsedEntry, UsesReader } from './uses.ts'
export { verifyStore } from './verifyStore.ts'
export type { VerifiedStore } from './verifyStore.ts'
export type { Damage } from '../store/index.ts'
export type {
  Cache,
  Committed,
  EntryFacts,
  Fault,
  Input,
  InputCheck,
  MissReason,
  Mode,
  OpenCacheOptions,
  Recorder,
  Remembered,
  RememberOptions,
  RememberRequest,
} from './types.ts'
