export { withoutQuery } from './moduleId.ts'
export {
  hasLabel,
  matchesPlugin,
  type CachePolicy,
  type HookName,
  type IdleConfig,
  type PathUse,
  type Policy,
  type Witness,
} from './policy.ts'
export { toolLooks, type Instance } from './projects.ts'
export { findPolicy } from './table.ts'
