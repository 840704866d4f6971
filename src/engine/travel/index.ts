export { exportPack } from './exportPack.ts'
export { importPack } from './importPack.ts'
export type { ClaimId } from './stays.ts'
