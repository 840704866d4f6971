export {
  matchesPlugin,
  type CachePolicy,
  type HookName,
  type NeverPolicy,
  type Policy,
} from './policy.ts'
export { findPolicy, policies } from './table.ts'
