export { mix, parseHex, toHex, type Color } from './hex'
export { contrast, luminance } from './contrast'
export * from './catalogue'
