export { listBuilds, readBuild } from './buildFiles.ts'
export type { BuildFiles } from './buildFiles.ts'
export type {
  Blob,
  Claim,
  ClaimBlobs,
  CommitRequest,
  KnownBlobs,
  Verdict,
  Withdrawal,
} from './commit.ts'
export { openStore } from './store.ts'
export type { Store, StoreOptions } from './store.ts'
export { ROW_SIZE, rowAhead, rowCheck, rowKind, rowLength, rowName, rowVariant } from './pack.ts'
export type { Replaced, Replacement } from './replace.ts'
export { FACTS_NAME } from './view.ts'
export { KIND, NO_VARIANT } from './types.ts'
export type { Draft, Pack, Read, Row, StoreFault, Variant } from './types.ts'
export { allClaims, claimName } from './claims.ts'
export type { Damage, VerifiedFiles } from './verify.ts'
