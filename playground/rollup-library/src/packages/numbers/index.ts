export { clamp, lerp, roundTo } from './range'
export { mean, median, quantile } from './statistics'
export * from './catalogue'
