export { LruCache } from './lru'
export { TtlCache } from './ttl'
export * from './catalogue'
