export { Pool } from './pool'
export { retry, sleep } from './retry'
export * from './catalogue'
