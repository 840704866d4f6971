export { createDecode } from './decode.ts'
export { createEncode } from './encode.ts'
export type { Encoded } from './encode.ts'
