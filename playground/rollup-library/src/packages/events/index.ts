export { Emitter } from './emitter'
export { debounce } from './debounce'
export * from './catalogue'
