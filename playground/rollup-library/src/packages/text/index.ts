export { camelCase, kebabCase, titleCase, words } from './case'
export { template } from './template'
export * from './catalogue'
