export { matchesPlugin, type CachePolicy, type HookName, type Policy } from './policy.ts'
export { findPolicy } from './table.ts'
