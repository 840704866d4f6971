export { resolveShare } from './options.ts'
export type { ResolvedShare, ShareOptions } from './options.ts'
export { openShare } from './share.ts'
export type { Share, ShareFrom, ShareNotes } from './share.ts'
