export { joinPath, withQuery } from './build'
export { createRouter, type Route } from './router'
export * from './catalogue'
