export { array, number, object, string, type Check } from './checks'
export { assertValid } from './assert'
export * from './catalogue'
