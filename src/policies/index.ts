export {
  matchesPlugin,
  type CachePolicy,
  type HookName,
  type NeverPolicy,
  type Policy,
  type PolicyCall,
  type PolicyInputs,
  type PolicyPlace,
} from './policy.ts'
export { findPolicy, policies } from './table.ts'
