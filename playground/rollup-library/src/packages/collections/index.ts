export { chunk, groupBy, partition, uniqueBy } from './arrays'
export { sortBy } from './sort'
export { take, windows } from '../../shared/iterate'
export * from './catalogue'
